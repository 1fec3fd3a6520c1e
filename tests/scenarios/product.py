"""The product under test, seen from outside: its program, one data folder, one server process, one database.

Used by the scenario runner, the fault tests and the data checks. Standard library only. Nothing here knows what a scenario is.
What the program must offer: `init`, `serve` and every other command take the data folder from GENMEI_DATA and, for PostgreSQL,
the connection string from GENMEI_DATABASE.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = pathlib.Path(os.environ.get("GENMEI") or ROOT / "build" / "release" / "genmei")


class Broken(Exception):
    """The product did not do what every test relies on: it did not start, stop or answer at all."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Product:
    """One organisation's product on its own folder. `close` ends the server and removes what was made."""

    def __init__(self, backend="sqlite", sample=False, parent=None):
        if not PROGRAM.exists():
            raise Broken(f"there is no {PROGRAM}: build it, or name one with GENMEI")
        self.backend = backend
        self.sample = sample
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="genmei-test-", dir=parent))
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.port = None
        self.process = None
        self.password = None
        self.environment = dict(os.environ, GENMEI_DATA=str(self.data), LANG="C.UTF-8", TZ="UTC")
        self.database = None
        if backend == "postgres":
            self.database = f"genmei_{os.getpid()}_{time.monotonic_ns()}"
            base = os.environ["GENMEI_TEST_PG"]
            psql(base, f"CREATE DATABASE {self.database} ENCODING 'UTF8' TEMPLATE template0")
            self.url = re.sub(r"dbname=\S+", f"dbname={self.database}", base)
            self.environment["GENMEI_DATABASE"] = self.url

    def run(self, arguments, stdin=None, timeout=600, **environment):
        """Runs `genmei ARGUMENTS` to its end in the product's folder."""
        return subprocess.run([str(PROGRAM), *arguments], cwd=self.folder, env={**self.environment, **environment},
                              input=stdin if stdin is not None else b"", capture_output=True, timeout=timeout)

    def init(self):
        done = self.run(["init", "--json"] + (["--sample"] if self.sample else []))
        if done.returncode != 0:
            raise Broken(f"genmei init: exit {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")
        self.password = json.loads(done.stdout)["password"]

    def start(self, **environment):
        """Starts the server and returns when it answers. The port stays the same over restarts."""
        if not self.data.exists():
            self.init()
        self.environment.update(environment)
        self.port = self.port or free_port()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([str(PROGRAM), "serve", "--port", str(self.port)], cwd=self.folder,
                                            env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise Broken(f"genmei serve: exit {self.process.returncode}\n{self.tail()}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    pass
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/healthz", timeout=10):
                    return
            except (OSError, urllib.error.URLError):
                time.sleep(0.01)
        raise Broken(f"genmei serve: no answer within 60 s\n{self.tail()}")

    def stop(self):
        """Asks the server to end and waits; a server that must be killed, or complains, is broken."""
        if self.process is None:
            return
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Broken(f"genmei serve did not end within 30 s of SIGTERM\n{self.tail()}") from None
        if code != 0:
            raise Broken(f"genmei serve ended with {code}\n{self.tail()}")

    def kill(self):
        """kill -9."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def sql(self, statement):
        """A change behind the product's back; answers the number of rows."""
        if self.backend == "postgres":
            return psql(self.url, statement)
        with sqlite3.connect(self.sqlite_file()) as connection:
            count = connection.execute(statement).rowcount
        connection.close()
        return count

    def sqlite_file(self):
        files = [p for p in self.data.iterdir() if p.is_file() and p.open("rb").read(15) == b"SQLite format 3"]
        if len(files) != 1:
            raise Broken(f"expected one SQLite file in the data folder, found {[f.name for f in files]}")
        return files[0]

    def tail(self, count=40):
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])

    def close(self):
        try:
            self.stop()
        finally:
            if self.database:
                psql(os.environ["GENMEI_TEST_PG"], f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
            shutil.rmtree(self.folder, ignore_errors=True)


def psql(url, statement):
    done = subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise Broken(f"psql: {done.stderr}")
    affected = re.search(r"(\d+)\s*$", done.stdout)
    return int(affected.group(1)) if affected else -1
