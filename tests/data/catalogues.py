"""What is in the catalogues and kinds, counted and cross-checked from outside the program and through it."""
import json
import pathlib

import yaml

from product import Broken, Product

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "data"

# (standard, part): counts of chapter, section, control, detail, from the contents pages of the documents.
COUNTS = {
    ("cloud-ism-2013", "governance"): (1, 6, 5, 0),
    ("cloud-ism-2013", "management"): (6, 20, 66, 0),
    ("cloud-ism-2013", "control"): (12, 41, 135, 1422),
    ("cloud-ism-2013", "basic-assertion"): (11, 35, 98, 1073),
}
MORE_COUNTS = (
    ("iso27001-2022", "annex-a", "control", 93),
    ("asp-saas-2008", "II", "item", 22),
    ("asp-saas-2008", "II", "best_practice", 55),
)


def _yaml(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _kinds():
    for path in sorted((DATA / "kinds").glob("[!_]*.yaml")):
        yield path.name, _yaml(path)


def kinds_speak():
    """Titles in both languages everywhere a person reads one."""
    for file, kind in _kinds():
        for place, title in _titles(kind, ""):
            if not isinstance(title, dict) or not title.get("ja") or not title.get("en"):
                yield f"{file}: {place}: wants ja and en"


def _titles(value, place):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("title", "plural", "purpose", "hint", "message") and not isinstance(inner, (list, type(None))):
                yield f"{place}/{key}", inner
            else:
                yield from _titles(inner, f"{place}/{value.get('name') or value.get('id') or key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _titles(inner, place)


def kinds_fit():
    """References go to kinds that exist; columns, rules and transitions name fields, states and roles that exist."""
    kinds = {kind["kind"]: kind for _, kind in _kinds()}
    roles_file = DATA / "roles.yaml"
    roles = {r["id"] for r in _yaml(roles_file)["roles"]} if roles_file.exists() else None
    common = {"number", "owner", "org_unit", "class", "remarks", "state"}
    for file, kind in _kinds():
        fields = {f["name"] for f in kind["fields"]} | common
        for field in kind["fields"]:
            if field["type"] in ("ref", "refs") and field.get("to") not in kinds:
                yield f"{file}: {field['name']}: no kind {field.get('to')}"
        for column in kind.get("list", {}).get("columns", []):
            if column not in fields:
                yield f"{file}: list column {column} is no field"
        flow = kind.get("workflow")
        if not flow:
            continue
        states = {s["id"] for s in flow["states"]}
        reached = {flow["initial"]} | {t["to"] for t in flow["transitions"]}
        for state in sorted(states - reached):
            yield f"{file}: nothing leads to the state {state}"
        for move in flow["transitions"]:
            for state in [*move["from"], move["to"]]:
                if state not in states:
                    yield f"{file}: {move['id']}: no state {state}"
            for name in move.get("requires", []):
                if name not in fields:
                    yield f"{file}: {move['id']}: no field {name}"
            if roles is not None:
                for role in move["by"]:
                    if role not in roles and role not in ("owner", "author", "system") and role.replace("-", "_") not in fields:
                        yield f"{file}: {move['id']}: no role {role}"


def counts():
    """The program's own counts against the documents' tables of contents."""
    try:
        product = Product()
        done = product.run(["standard", "counts", "--json"])
        product.close()
    except Broken as problem:
        yield str(problem)
        return
    if done.returncode != 0:
        yield f"genmei standard counts: {done.returncode} {done.stderr.decode()}"
        return
    found = json.loads(done.stdout)
    for (standard, part), wanted in COUNTS.items():
        entry = found.get(standard, {}).get(part)
        seen = entry and tuple(entry[k] for k in ("chapter", "section", "control", "detail"))
        if seen != wanted:
            yield f"{standard}/{part}: {seen} instead of {wanted}"
    for standard, part, what, wanted in MORE_COUNTS:
        seen = found.get(standard, {}).get(part, {}).get(what)
        if seen != wanted:
            yield f"{standard}/{part}: {seen} {what} instead of {wanted}"


def method():
    """Service types, components, assets and threats of the study report."""
    services = _yaml(DATA / "method" / "services.yaml")
    components = _yaml(DATA / "method" / "components.yaml")
    threats = _yaml(DATA / "method" / "threats.yaml")
    for name, seen, wanted in (
            ("service entries", len(services["types"]), 70),
            ("components", len(components["components"]), 15),
            ("component classes", len(components["classes"]), 4),
            ("assets", sum(len(c["assets"]) if "assets" in c else 0 for c in components["components"]) or
             len(components.get("assets", [])), 28),
            ("threats", len(threats["threats"]), 40)):
        if seen != wanted:
            yield f"{name}: {seen} instead of {wanted}"


CHECKS = {
    "every kind speaks Japanese and English": kinds_speak,
    "kinds fit together": kinds_fit,
    "the standards have as many items as their documents": counts,
    "the method has what the study report has": method,
}
