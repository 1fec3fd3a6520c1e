"""Every message stands in Japanese and English with the same arguments, once, and every code that the program uses has one."""
import json
import pathlib
import re

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ARGUMENT = re.compile(r"\{([a-z_]+)\}")
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
CODE = re.compile(r'"([a-z][a-z-]*\.[a-z][a-z0-9-]*(?:[.-][a-z0-9-]+)*)"')


def _all():
    for path in sorted((ROOT / "data" / "messages").glob("*.yaml")):
        for code, texts in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
            yield path.name, code, texts


def both_languages():
    for file, code, texts in _all():
        if not isinstance(texts, dict) or set(texts) != {"ja", "en"}:
            yield f"{file}: {code}: wants ja and en"
        elif set(ARGUMENT.findall(texts["ja"])) != set(ARGUMENT.findall(texts["en"])):
            yield f"{file}: {code}: the arguments differ"
        elif JAPANESE.search(texts["en"]):
            yield f"{file}: {code}: Japanese in the English text"
        elif not JAPANESE.search(texts["ja"]) and re.search(r"[A-Za-z]", ARGUMENT.sub("", texts["ja"])):
            yield f"{file}: {code}: no Japanese in the Japanese text"


def once():
    seen = {}
    for file, code, _ in _all():
        if code in seen:
            yield f"{code}: in {seen[code]} and in {file}"
        seen[code] = file


def used_codes():
    """Codes of problems in the sources: quoted, with an area that has messages."""
    known = {code for _, code, _ in _all()}
    areas = {code.split(".")[0] for code in known}
    for path in sorted((ROOT / "src").rglob("*.cpp")):
        if path.name.endswith("_test.cpp") or "testing" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"(?:Problem\s*\{|Problem\(|problem\(|fail\(|\bcode\s*=\s*)\s*" + CODE.pattern, text):
            code = match.group(1)
            if code.split(".")[0] in areas and code not in known:
                line = text.count("\n", 0, match.start()) + 1
                yield f"{path.relative_to(ROOT)}:{line}: {code} has no message"


def pages():
    """The pages' own message files: the same keys in both languages, nothing empty."""
    folder = ROOT / "web" / "src" / "messages"
    files = {p.stem: p for p in folder.glob("*.json")}
    if not {"ja", "en"} <= set(files):
        return
    ja, en = (dict(_flat(json.loads(files[x].read_text(encoding="utf-8")))) for x in ("ja", "en"))
    for key in sorted(set(ja) ^ set(en)):
        yield f"{key}: only in one language"
    for key in sorted(set(ja) & set(en)):
        if not ja[key].strip() or not en[key].strip():
            yield f"{key}: empty"


def _flat(value, prefix=""):
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{prefix}{key}.")
        else:
            yield prefix + key, str(inner)


CHECKS = {
    "every message stands in Japanese and English with the same arguments": both_languages,
    "no message code stands twice": once,
    "every code that the program answers has a message": used_codes,
    "the pages have every text in both languages": pages,
}
