"""kill -9 at random moments under write load; one round is one test.

A round: start, check what earlier rounds were promised, load with several writers, kill, verify the ledger of the dead
folder. Every tenth round kills the server while it is still starting.
"""
import json
import random
import subprocess
import threading
import time

from actor import Actor
from product import PROGRAM, Broken, Product
from steps import PASSWORD

WRITERS = 4


class Promises:
    """What the server acknowledged, from all writers: records created, and the newest revision of the one that changes."""

    def __init__(self):
        self.lock = threading.Lock()
        self.created = []
        self.revision = 1
        self.unchecked = []

    def add(self, record):
        with self.lock:
            self.created.append(record)
            self.unchecked.append(record)


def token(product):
    admin = Actor("admin", product)
    admin.request("POST", "/api/v1/session", json.dumps({"login": "admin", "password": product.password}).encode())
    admin.request("POST", "/api/v1/session/password", json.dumps({"old": product.password, "new": PASSWORD}).encode())
    answer = admin.request("GET", "/api/v1/session")
    if answer.status != 200:
        admin.request("POST", "/api/v1/session", json.dumps({"login": "admin", "password": PASSWORD}).encode())
    answer = admin.request("POST", "/api/v1/tokens",
                           json.dumps({"name": "load", "scopes": ["read", "write"], "expires_on": "2099-12-31"}).encode())
    if answer.status != 201:
        raise Broken(f"no token: {answer.status} {answer.text}")
    made = answer.json
    return made["secret"]


def _create(actor, promises, stop, name):
    number = 0
    while not stop.is_set():
        number += 1
        try:
            answer = actor.request("POST", "/api/v1/records/asset",
                                   json.dumps({"fields": {"name": f"{name} {number}"}}).encode())
        except OSError:
            return
        if answer.status == 201:
            promises.add(answer.json["id"])


def _change(actor, promises, stop, record):
    while not stop.is_set():
        try:
            answer = actor.request("PATCH", f"/api/v1/records/asset/{record}",
                                   json.dumps({"fields": {"place": str(time.time())}}).encode(),
                                   {"If-Match": f'"{promises.revision}"'})
        except OSError:
            return
        if answer.status == 200:
            promises.revision = answer.json["record"]["revision"]
        elif answer.status == 412:
            promises.revision = answer.json["theirs"]["revision"]


def _kept(actor, promises, changing):
    """A sentence about the first promise that was broken, or None."""
    for record in promises.unchecked:
        answer = actor.request("GET", f"/api/v1/records/asset/{record}")
        if answer.status != 200:
            return f"record {record} was acknowledged and is answered {answer.status}"
    promises.unchecked.clear()
    answer = actor.request("GET", f"/api/v1/records/asset/{changing}")
    if answer.status != 200 or answer.json["record"]["revision"] < promises.revision:
        return f"revision {promises.revision} was acknowledged and is lost: {answer.status} {answer.text[:200]}"
    promises.revision = answer.json["record"]["revision"]
    return None


def _verified(product):
    done = product.run(["ledger", "verify", "--json"])
    return None if done.returncode == 0 else f"ledger verify: {done.returncode} {done.stdout.decode()[:600]}{done.stderr.decode()}"


def run(rounds, seed):
    chance = random.Random(seed)
    product, promises, good, bad = Product(), Promises(), 0, 0
    try:
        product.start()
        secret = token(product)
        first = Actor("first", product, secret)
        changing = first.request("POST", "/api/v1/records/asset", b'{"fields": {"name": "changing"}}').json["id"]
        first.close()
        for number in range(1, rounds + 1):
            problem = _round(product, secret, promises, changing, chance, number)
            if problem:
                bad += 1
                print(f"not ok: round {number}: {problem}", flush=True)
                if bad >= 5:
                    break
            else:
                good += 1
        product.start()
        checker = Actor("checker", product, secret)
        answer = checker.request("GET", "/api/v1/records/asset?count=true&limit=1")
        checker.close()
        print(f"kill: {len(promises.created)} acknowledged records, {answer.json['total']} found, "
              f"changing record at revision {promises.revision}")
        if answer.json["total"] <= len(promises.created):
            bad += 1
            print("not ok: fewer records than were acknowledged")
    except (Broken, OSError) as problem:
        bad += 1
        print(f"not ok: {problem}")
    finally:
        product.kill()
        product.close()
    return good, bad


def _round(product, secret, promises, changing, chance, number):
    if product.process is None:
        if number % 10 == 0:
            _kill_while_starting(product, chance)
        product.start()
    checker = Actor("checker", product, secret)
    problem = _kept(checker, promises, changing)
    checker.close()
    if problem:
        return problem
    stop = threading.Event()
    actors = [Actor(f"writer {i}", product, secret) for i in range(WRITERS)]
    threads = [threading.Thread(target=_create, args=(a, promises, stop, f"round {number} {a.name}")) for a in actors[1:]]
    threads.append(threading.Thread(target=_change, args=(actors[0], promises, stop, changing)))
    for thread in threads:
        thread.start()
    time.sleep(chance.uniform(0.01, 0.25))
    product.kill()
    stop.set()
    for thread in threads:
        thread.join()
    for actor in actors:
        actor.close()
    return _verified(product)


def _kill_while_starting(product, chance):
    process = subprocess.Popen([str(PROGRAM), "serve", "--port", str(product.port)], cwd=product.folder,
                               env=product.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    time.sleep(chance.uniform(0.0, 0.12))
    process.kill()
    process.wait()
