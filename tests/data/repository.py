"""What must not be in the repository: places of one machine, registries' hosts, leftovers, files too long to read."""
import json
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TEXT = {".cpp", ".hpp", ".yaml", ".yml", ".ts", ".tsx", ".css", ".md", ".py", ".mjs", ".js", ".html", ".txt", ".json", ".scn", ".sql", ""}


def _files():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in sorted(listed.decode().split("\0")):
        path = ROOT / name
        if name and path.is_file() and path.suffix in TEXT:
            yield name, path.read_text(encoding="utf-8", errors="replace")


def places():
    # Written in pieces, so that this file does not find itself.
    forbidden = re.compile("|".join(["/wo" + "rk/(main|shared)", r"/\.li" + "brary", "pkg" + r"\.dev", "registry" + r"\.npmjs",
                                     "deb" + r"\.debian\.org", "BEGIN [A-Z ]*PRIVATE" + " KEY"]))
    for name, text in _files():
        for number, line in enumerate(text.splitlines(), 1):
            if forbidden.search(line):
                yield f"{name}:{number}: {line.strip()[:120]}"


def lock_file():
    lock = ROOT / "web" / "package-lock.json"
    for name, package in json.loads(lock.read_text()).get("packages", {}).items():
        if "resolved" in package:
            yield f"web/package-lock.json: {name} has an address"
        if name and not package.get("link") and "integrity" not in package:
            yield f"web/package-lock.json: {name} has no digest"


def leftovers():
    for name, text in _files():
        if name.startswith(("src/", "web/src/", "bench/", "tests/")) and not name.startswith("tests/data/"):
            for number, line in enumerate(text.splitlines(), 1):
                if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
                    yield f"{name}:{number}: {line.strip()[:120]}"


def lengths():
    for name, text in _files():
        if name.startswith(("src/", "web/src/", "bench/", "tests/")) and name.endswith((".cpp", ".hpp", ".ts", ".tsx", ".py")):
            count = text.count("\n")
            if count > 600 and not re.search(r"generated", text[:300]):
                yield f"{name}: {count} lines"


def names():
    for name, _ in _files():
        if re.search(r"(^|/|_)(utils?|helpers?|misc|manager)(\.|_|/)", name):
            yield name


CHECKS = {
    "no place of one machine and no registry's host": places,
    "the lock file has digests and no addresses": lock_file,
    "no leftovers": leftovers,
    "no file is too long to read": lengths,
    "no file is named after nothing": names,
}
