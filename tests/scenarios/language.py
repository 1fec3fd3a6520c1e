"""The language of the scenarios: reads a .scn file into cases of steps. tests/scenarios/README.md describes it for writers."""
import json
import pathlib
import re
from dataclasses import dataclass, field

METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS")
VARIABLE = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
WORDS = {"as", "user", "token", "header", "without", "times", "expect", "save", "exit", "restart", "kill", "stop", "start",
         "sql", "wait", "refused", "file", "bytes", "only", "change", "env"}


class Unreadable(Exception):
    pass


@dataclass
class Step:
    line: int
    word: str
    rest: str


@dataclass
class Case:
    name: str
    line: int
    steps: list = field(default_factory=list)


@dataclass
class Scenario:
    path: pathlib.Path
    title: str
    sample: bool
    cases: list


def read(path):
    """Cases start with `## name`; a line indented by two spaces continues the step above; `#` starts a comment."""
    title, sample, cases = "", False, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            cases.append(Case(line[3:].strip(), number))
        elif line.startswith("# "):
            title = title or line[2:].strip()
        elif not line.strip() or line.startswith("#"):
            continue
        elif line.startswith("  ") and cases and cases[-1].steps:
            cases[-1].steps[-1].rest += "\n" + line[2:].rstrip()
        elif line.strip() == "sample" and not cases:
            sample = True
        else:
            if not cases:
                cases.append(Case("prepares", number))
            cases[-1].steps.append(_step(path, number, line.strip()))
    return Scenario(path, title, sample, cases)


def _step(path, number, line):
    word, _, rest = line.partition(" ")
    if re.fullmatch(r"\d{3}", line):
        return Step(number, "status", line)
    if word in METHODS or word == "$" or word in WORDS:
        return Step(number, word, rest.strip())
    raise Unreadable(f"{path.name}:{number}: not a step: {line}")


def fill(text, variables):
    """Puts saved values in place of {name}; a name never saved is a mistake of the scenario."""
    def value(match):
        if match.group(1) not in variables:
            raise Unreadable(f"nothing is saved as {{{match.group(1)}}}")
        found = variables[match.group(1)]
        return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
    return VARIABLE.sub(value, text)


def literal(text):
    """JSON where it is JSON, else the words as they stand."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def octets(expression):
    """`"text\\xff" * 3 + "more"`: quoted pieces with escapes, repeated and joined, as bytes."""
    out, position = b"", 0
    piece = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*(?:\*\s*(\d+))?\s*(\+|$)', re.S)
    while position < len(expression):
        match = piece.match(expression, position)
        if not match:
            raise Unreadable(f"not bytes: {expression[position:position + 40]}")
        part = re.sub(rb"\\(x[0-9a-fA-F]{2}|.)", _escape, match.group(1).encode())
        out += part * int(match.group(2) or 1)
        position = match.end()
    return out


def _escape(match):
    code = match.group(1)
    if code[:1] == b"x" and len(code) == 3:
        return bytes([int(code[1:], 16)])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"\0"}.get(code, code)


def at(value, pointer):
    """RFC 6901, and `*` for every element: answers (found, value); with `*` the value is the list of what was found."""
    if pointer in ("", "/"):
        return True, value
    parts = [p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:]]
    return _walk(value, parts)


def _walk(value, parts):
    for index, part in enumerate(parts):
        if part == "*":
            inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
            if inner is None:
                return False, None
            found = [_walk(item, parts[index + 1:]) for item in inner]
            return True, [v for ok, v in found if ok]
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and re.fullmatch(r"-?\d+", part) and -len(value) <= int(part) < len(value):
            value = value[int(part)]
        else:
            return False, None
    return True, value
