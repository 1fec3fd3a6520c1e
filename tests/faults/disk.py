"""A disk that fills up, played with a small tmpfs (needs root; says so otherwise)."""
import json
import os
import pathlib
import subprocess
import tempfile

from actor import Actor
from kill import token
from product import Broken, Product

SIZE = "48m"


class Checks:
    def __init__(self):
        self.good = self.bad = 0

    def that(self, holds, name, seen=""):
        if holds:
            self.good += 1
        else:
            self.bad += 1
            print(f"not ok: disk: {name}: {seen}", flush=True)


def run():
    place = pathlib.Path(tempfile.mkdtemp(prefix="genmei-disk-"))
    mounted = os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "genmei-test", str(place)],
                                                   capture_output=True).returncode == 0
    if not mounted:
        place.rmdir()
        print("skipped: disk full (mounting a small disk needs root)")
        return 0, 0
    checks = Checks()
    try:
        product = Product(parent=place)
        try:
            product.start()
            _fill_and_look(product, place, checks)
        finally:
            product.kill()
            product.close()
    except (Broken, OSError) as problem:
        checks.that(False, "goes on", problem)
    finally:
        subprocess.run(["umount", str(place)], check=False)
        place.rmdir()
    return checks.good, checks.bad


def _fill_and_look(product, place, checks):
    actor = Actor("load", product, token(product))
    kept = []
    for number in range(50):
        answer = _create(actor, f"before {number}")
        if answer.status == 201:
            kept.append(answer.json["id"])
    checks.that(len(kept) == 50, "writes while there is room", len(kept))

    filler = place / "filler"
    _fill(filler)
    refused = None
    for number in range(2000):
        # Long texts, so that what room the database has kept for itself is used up soon.
        answer = _create(actor, f"full {number}", "長い文" * 600)
        if answer.status == 201:
            kept.append(answer.json["id"])
            _fill(filler)
        else:
            refused = answer
            break
    checks.that(refused is not None and refused.status in (503, 507), "refuses a write on the full disk",
                refused and f"{refused.status} {refused.text[:300]}")
    checks.that(refused is not None and refused.json and refused.json.get("code") == "store.full", "says that the disk is full",
                refused and refused.text[:300])
    answer = _create(actor, "again")
    checks.that(answer.status in (503, 507), "keeps refusing", answer.status)

    answer = actor.request("GET", "/api/v1/records/asset?count=true&limit=5")
    checks.that(answer.status == 200 and answer.json["total"] == len(kept), "reads go on, and only what was acknowledged is there",
                f"{answer.status} {answer.text[:200]} instead of {len(kept)}")
    answer = actor.request("GET", f"/api/v1/records/asset/{kept[0]}")
    checks.that(answer.status == 200, "single records are read", answer.status)
    checks.that(product.process.poll() is None, "the server lives", product.tail())

    filler.unlink()
    answer = _create(actor, "after")
    checks.that(answer.status == 201, "writes again once there is room", f"{answer.status} {answer.text[:300]}")
    if answer.status == 201:
        kept.append(answer.json["id"])
    actor.close()
    product.stop()
    done = product.run(["ledger", "verify", "--json"])
    checks.that(done.returncode == 0, "the ledger verifies", done.stdout.decode()[:300] + done.stderr.decode()[:300])

    _fill(filler)
    try:
        product.start()
        answer = actor.request("GET", f"/api/v1/records/asset/{kept[0]}")
        checks.that(answer.status == 200, "starts and reads on a full disk", answer.status)
        actor.close()
        product.stop()
    except Broken as problem:
        # Not to start is allowed when the reason is given.
        checks.that("disk" in str(problem).lower() or "ディスク" in str(problem), "says why it does not start on a full disk", problem)
    filler.unlink()
    product.start()
    missing = [r for r in kept if actor.request("GET", f"/api/v1/records/asset/{r}").status != 200]
    checks.that(not missing, "every acknowledged record is there", missing[:3])
    actor.close()
    product.stop()


def _create(actor, name, remarks=""):
    return actor.request("POST", "/api/v1/records/asset", json.dumps({"fields": {"name": name, "remarks": remarks}}).encode())


def _fill(path):
    """Writes until not one byte more goes in."""
    with open(path, "ab", buffering=0) as out:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    out.write(b"\0" * size)
            except OSError:
                continue
