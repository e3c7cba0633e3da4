"""The two catalogues: nynorsk and English, each a .po that people edit and that `make` compiles for Django."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tests.translations.extraction import ROOT, marked

LANGUAGES = ("nn", "en")
#: What Django says on our pages, in our words: written by hand, and short.
DJANGO = ROOT / "locale" / "django"
DJANGO_LANGUAGES = ("nb", "nn", "en")

Forms = tuple[str, ...]


class Catalogue(Catalog):
    """One without dates and tool names in its header, so that the same texts always make the same file."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "Fiksreg"),
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def po_file(language: str, under: Path = ROOT / "locale") -> Path:
    return under / language / "LC_MESSAGES" / "django.po"


def every_po_file() -> list[Path]:
    ours = [po_file(language) for language in LANGUAGES]
    return ours + [po_file(language, DJANGO) for language in DJANGO_LANGUAGES]


def read(language: str, under: Path = ROOT / "locale") -> Catalog:
    """As it is on disk; empty where there is none yet."""
    file = po_file(language, under)
    return read_po(BytesIO(file.read_bytes() if file.exists() else b""), locale=language)


def updated(language: str) -> Catalogue:
    """The texts of the source with the translations there are: new texts empty, texts that are gone left out."""
    known, fresh = read(language), Catalogue(locale=language, header_comment="", charset="utf-8", fuzzy=False)
    for msgid, file in marked():
        old = known.get(msgid)
        fresh.add(msgid, old.string if old else "", locations=[(file, 0)])
    return fresh


def as_po(catalogue: Catalogue) -> bytes:
    content = BytesIO()
    write_po(content, catalogue, width=120, include_lineno=False)
    return content.getvalue()


def texts(catalogue: Catalog) -> dict[Forms, Forms]:
    """Each text's forms (singular and, where it has one, plural) and its translation's; untranslated ones are ""."""
    return {forms(message.id): forms(message.string) for message in catalogue if message.id}


def forms(text: object) -> Forms:
    """The forms of a text as Babel has it: a string, or several."""
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts that have no translation, or not every plural form."""
    return [source[0] for source, translated in texts(catalogue).items() if not all(translated)]
