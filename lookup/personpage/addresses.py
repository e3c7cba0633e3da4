"""Addresses as rows: the lines of the envelope (roles.vocabulary.envelope), and what the register says in addition.
Pure."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.folkeregisteret.documents import (
    Address,
    Bostedsadresse,
    DeltBosted,
    GraderingAvAdresse,
    Kontaktadresse,
    KontaktadresseIUtlandet,
    Oppholdsadresse,
    plot_of,
)
from lookup.personpage.rows import Row, code_row, date_row, text_row
from roles.policy.sharedresidence import Agreement, agreement_on
from roles.vocabulary.envelope import address_lines, kommune_line

Home = Bostedsadresse | DeltBosted | Oppholdsadresse

_GRADED = frozenset({"klientadresse", "fortrolig", "strengtFortrolig"})


def protection(entry: GraderingAvAdresse) -> Iterator[Row]:
    return code_row("", "graderingsnivaa", entry.graderingsnivaa)


def residence(entry: Bostedsadresse) -> Iterator[Row]:
    yield from _home(entry)
    yield from date_row(_("Flyttedato"), entry.flyttedato)


def districts(entry: Bostedsadresse) -> Iterator[Row]:
    yield from text_row(_("Grunnkrets"), entry.grunnkrets)
    yield from text_row(_("Skolekrets"), entry.skolekrets)
    yield from text_row(_("Stemmekrets"), entry.stemmekrets)
    yield from text_row(_("Kirkekrets"), entry.kirkekrets)


def shared_residence(entry: DeltBosted) -> Iterator[Row]:
    """The rows of a shared residence. After its agreement has ended a row says so, since the register may still call it
    current."""
    agreement = agreement_on(timezone.localdate(), entry)
    if agreement is not Agreement.IN_FORCE:
        over = agreement is Agreement.OVER
        yield Row("", (_("Avtalen gjelder ikke lenger") if over else _("Avtalen gjelder ikke ennå"),))
    yield from _home(entry)
    yield from date_row(_("Avtalen gjelder fra"), entry.startdatoForKontrakt)
    yield from date_row(_("Avtalen gjelder til"), entry.sluttdatoForKontrakt)


def stay(entry: Oppholdsadresse) -> Iterator[Row]:
    yield from _home(entry)
    yield from code_row(_("Grunn"), "oppholdAnnetSted", entry.oppholdAnnetSted)
    yield from date_row(_("Fra dato"), entry.oppholdsadressedato)


def postal(entry: Kontaktadresse | KontaktadresseIUtlandet) -> Iterator[Row]:
    """The rows of a postal address. A structured form and a free form may both be there."""
    yield from _lines(entry)
    yield from _grading(entry.adressegradering)


def kommune_of(entry: Bostedsadresse) -> str:
    """The name of the kommune where the person lives; "" when the role is not shown it."""
    return "" if entry.ukjentBosted else kommune_line(entry)


def _home(entry: Home) -> Iterator[Row]:
    yield from _lines(entry)
    if kommune := kommune_line(entry):
        yield Row(_("Kommune"), (kommune,))
    yield from _grading(entry.adressegradering)


def _lines(entry: Address) -> Iterator[Row]:
    label = _("Matrikkeladresse") if plot_of(entry) else ""
    yield from (Row(label, lines.envelope) for lines in address_lines(entry))


def _grading(code: str | None) -> Iterator[Row]:
    if code in _GRADED:
        yield from code_row(_("Adressegradering"), "adressegradering", code)
