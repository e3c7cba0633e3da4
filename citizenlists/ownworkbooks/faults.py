"""The sentences for the page about what must be changed in an uploaded workbook."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from citizenlists.ownworkbooks.reading.answers import Answer, Problem, Reason
from roles.catalogue.unreadable import fault_of

_WORDS: Final[Mapping[Reason, Promise]] = {
    Reason.NO_COLUMNS: _("Ingen celle er en kolonne. Skriv navnet på kolonnene i klammer på én rad, som {Etternavn}."),
    Reason.OTHER_ROW: _("Alle kolonnene må stå på samme rad som %(detail)s."),
    Reason.UNKNOWN: _("Ingen liste har denne kolonnen."),
    Reason.TWICE: _("Kolonnen står to ganger."),
    Reason.BELOW: _("Listen skal stå her. Tøm cellen."),
    Reason.FORMULA: _("Cellen er en formel. Skriv verdien selv."),
    Reason.MERGED: _("Cellene er slått sammen der listen skal stå. Del dem opp."),
    Reason.ABOUT_TAKEN: _("Et ark heter %(detail)s. Det navnet trenger vi selv: gi arket et annet navn."),
    Reason.DAMAGED: _("Arbeidsboken kan ikke leses. Åpne den i et regneark og lagre den på nytt."),
}
_MEANT: Final = _("Mente du {%(detail)s}?")


def said_about(answer: Answer) -> Iterator[str]:
    """A sentence for each problem, with its cell first."""
    for problem in answer.package_problems:
        yield fault_of(problem).message
    yield from map(_said, answer.problems)


def _said(problem: Problem) -> str:
    words = str(_WORDS[problem.reason]) % {"detail": problem.detail}
    if problem.reason is Reason.UNKNOWN and problem.detail:
        words = f"{words} {str(_MEANT) % {'detail': problem.detail}}"
    return f"{problem.cell}: {words}" if problem.cell else words
