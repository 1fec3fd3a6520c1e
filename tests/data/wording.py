"""Facts carry over, sentences do not: no long run of characters of the sources stands in what we ship.

The sources (../shared/sources) are not part of the repository; without them the check says that it is skipped. A run counts when
it is longer than any title of an item: titles and terms are facts.
"""
import pathlib
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT.parent / "shared" / "sources"
RUN = 40
# A line that begins with a number of the document and has no full stop: a title, which is a fact.
HEADING = re.compile(r"^[\s・]*(?:[IVXⅠ-Ⅹ]+\s*[.．]|[A-Z]?\d+[.．]|[（(]\d+[)）]|[①-⑳])[^。\n]*$", re.M)
SHIPPED = ("data", "docs", "src", "web/src", "README.md", "README.ja.md")


def _plain(text):
    return re.sub(r"[\s、。，．・,.「」()（）:：\"'#*|-]+", "", unicodedata.normalize("NFKC", text))


def copied():
    if not SOURCES.is_dir():
        yield "skipped"
        return
    runs = set()
    for path in SOURCES.glob("*.txt"):
        text = _plain(HEADING.sub("\0", path.read_text(encoding="utf-8", errors="replace")))
        runs.update(text[i:i + RUN] for i in range(len(text) - RUN + 1))
    for top in SHIPPED:
        base = ROOT / top
        for path in [base] if base.is_file() else sorted(base.rglob("*")):
            if path.suffix not in (".yaml", ".md", ".cpp", ".hpp", ".ts", ".tsx", ".json", ".html"):
                continue
            text = _plain(path.read_text(encoding="utf-8", errors="replace"))
            position = 0
            while position <= len(text) - RUN:
                if text[position:position + RUN] in runs:
                    yield f"{path.relative_to(ROOT)}: {text[position:position + RUN]}…"
                    position += RUN
                else:
                    position += 1


CHECKS = {"no sentence of the sources": copied}
