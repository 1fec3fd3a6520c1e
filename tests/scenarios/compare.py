"""The comparisons of `expect`: each answers None when it holds, else a sentence that says what was found instead."""
import json
import re

from language import literal

OPERATORS = ("==", "!=", "<=", ">=", "<", ">", "contains", "lacks", "matches", "length", "exists", "absent", "in", "sorted",
             "unique")


def split(text):
    """`SUBJECT OPERATOR VALUE` → the three; the subject may have spaces (`header ETag`)."""
    words = text.split(" ")
    for index, word in enumerate(words):
        if index and word in OPERATORS:
            return " ".join(words[:index]), word, " ".join(words[index + 1:]).strip()
    raise ValueError(f"expect needs one of {', '.join(OPERATORS)}: {text}")


def short(value):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else text[:400] + "…"


def part_of(wanted, value):
    """Whether `value` is `wanted`, or an object that has at least its members."""
    if isinstance(wanted, dict) and isinstance(value, dict):
        return all(k in value and part_of(v, value[k]) for k, v in wanted.items())
    return same(wanted, value)


def same(a, b):
    """Equal as JSON: true is not 1."""
    if isinstance(a, bool) != isinstance(b, bool):
        return False
    return a == b


def contains(value, wanted):
    if isinstance(value, str):
        return str(wanted) in value
    if isinstance(value, list):
        return any(part_of(wanted, item) for item in value)
    if isinstance(value, dict):
        return part_of(wanted, value) if isinstance(wanted, dict) else wanted in value
    return False


def check(found, value, operator, text):
    if operator == "absent":
        return None if not found or value is None else f"it is there: {short(value)}"
    if operator == "exists":
        return None if found and value is not None else "it is not there"
    if not found:
        return "it is not there"
    wanted = literal(text)
    if operator in ("==", "!="):
        return None if same(value, wanted) == (operator == "==") else f"it is {short(value)}"
    if operator in ("contains", "lacks"):
        held = [contains(value, w) for w in (wanted if isinstance(wanted, list) and isinstance(value, list) else [wanted])]
        return None if (all(held) if operator == "contains" else not any(held)) else f"it is {short(value)}"
    if operator == "matches":
        return None if re.search(text, value if isinstance(value, str) else short(value), re.S) else f"it is {short(value)}"
    if operator == "length":
        return None if hasattr(value, "__len__") and len(value) == wanted else f"its length is {len(value)}: {short(value)}"
    if operator == "in":
        return None if any(same(value, w) for w in wanted) else f"it is {short(value)}"
    if operator == "unique":
        keys = [json.dumps(v, sort_keys=True) for v in value]
        return None if len(set(keys)) == len(keys) else f"values repeat: {short(value)}"
    if operator == "sorted":
        order = sorted(value, reverse=text == "descending")
        return None if value == order and len(value) > 1 else f"it is {short(value)}"
    try:
        holds = {"<": value < wanted, "<=": value <= wanted, ">": value > wanted, ">=": value >= wanted}[operator]
    except TypeError:
        holds = False
    return None if holds else f"it is {short(value)}"
