"""The messages about a parsed text: why it cannot be searched, what to choose, and what is not used."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from integrations.codelists.kommuner import kommune_name
from integrations.folkeregisteret.identifiers import Reason
from lookup.understanding import ParsedText, Unused
from lookup.understanding.dates import Born, Doubt

NUMBER_FAULTS: Final[dict[Reason, StrPromise]] = {
    Reason.LENGTH: gettext_lazy("Nummeret må ha 11 siffer."),
    Reason.NOT_DIGITS: gettext_lazy("Nummeret kan bare ha sifre."),
    Reason.NOT_A_DATE: gettext_lazy("De seks første sifrene er ikke en dato. Se etter en skrivefeil."),
    Reason.CHECK_DIGITS: gettext_lazy("Kontrollsifrene stemmer ikke. Se etter en skrivefeil."),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question that only the person who wrote the text can answer. name: of the buttons. answers: value and text of
    each."""

    text: str
    name: str
    answers: tuple[tuple[str, str], ...]


def faults_of(meant: ParsedText) -> Iterator[str]:
    """The reasons why the text cannot be searched as it stands."""
    if meant.number_fault:
        yield str(NUMBER_FAULTS[meant.number_fault])
    if meant.born.doubt:
        yield _doubt(meant.born, meant.born.doubt)


def _doubt(born: Born, doubt: Doubt) -> str:
    said = {
        Doubt.NO_SUCH_DAY: _("%(written)s er ingen dag. Se etter en skrivefeil."),
        Doubt.NO_YEAR: _("Skriv også årstallet: %(written)s."),
        Doubt.UNCLEAR_YEAR: _("Skriv årstallet med fire sifre: %(written)s."),
        Doubt.FUTURE: _("Fødselsdatoen kan ikke være fram i tid."),
        Doubt.LONG_AGO: _("Fødselsdatoen er for langt tilbake i tid."),
    }
    return said[doubt] % {"written": born.written}


def questions_of(meant: ParsedText) -> Iterator[Question]:
    """The questions that the text leaves open."""
    born = meant.born
    if born.day and born.other:
        days = (born.day, born.other)
        answers = tuple((f"{day:%d.%m.%Y}", f"{day:%d.%m.%Y}") for day in days)
        yield Question(_("Når er personen født?"), "born", answers)
    if meant.place.kommuner:
        named = tuple((number, kommune_name(number) or number) for number in meant.place.kommuner)
        yield Question(_("Hvilken kommune?"), "area", named)


def unused_in(meant: ParsedText) -> Iterator[str]:
    """The parts of the text that the search does not use, with the reasons."""
    said = {
        Unused.BESIDE_NUMBER: _("Søket bruker bare nummeret, ikke «%(part)s»."),
        Unused.ANOTHER_NUMBER: _("Det står flere numre i teksten. Søket bruker det første."),
        Unused.SIGNS: _("Registeret tar ikke imot tegnene %(part)s i et navn."),
        Unused.INITIALS: _("Registeret søker bare etter hele navn. %(part)s er ikke brukt."),
        Unused.DIGITS: _("%(part)s er ikke brukt."),
        Unused.DWELLING: _("Registeret kan ikke søke på bolignummer eller etasje."),
    }
    for kind, part in meant.unused:
        yield said[kind] % {"part": part}
    if meant.place.unknown:
        yield _("%(part)s er ingen kommune og ikke brukt. Skriv postnummeret.") % {"part": meant.place.unknown}
