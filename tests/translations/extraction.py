"""Every text that is marked for translation in Python and templates."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract, extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("citizenlists", "fiksreg", "integrations", "lookup", "roles")

Msgid = str | tuple[str, ...]

_KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}


def marked() -> Iterator[tuple[Msgid, str]]:
    """Each text, singular and plural together, with the path of its file. Files by name, texts as they stand there."""
    for file in sorted([*(ROOT / "templates").rglob("*.html"), *_python_files()]):
        source = file.read_text("utf-8")
        for msgid in texts_in(_as_python(source) if file.suffix == ".html" else source):
            yield msgid, str(file.relative_to(ROOT))


def texts_in(python: str) -> Iterator[Msgid]:
    for _line, msgid, _comments, _context in extract(extract_python, BytesIO(python.encode()), _KEYWORDS):
        yield msgid if isinstance(msgid, str) else tuple(msgid)


def _python_files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


def _as_python(template: str) -> str:
    # In parentheses, since a template's indentation means nothing to Python.
    return f"({templatize(template)})"
