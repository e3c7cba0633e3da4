"""Addresses as rows: the lines of the envelope (roles.addresslines), and what stands beside them. Pure."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.folkeregisteret.documents import (
    Bostedsadresse,
    DeltBosted,
    Kontaktadresse,
    KontaktadresseIUtlandet,
    Oppholdsadresse,
)
from integrations.folkeregisteret.moments import day_of
from lookup.personpage.rows import Field, Row, as_date, as_kommune, as_text, rows_of
from roles import vocabulary
from roles.addresslines import address_lines, kommune_number
from roles.policy.sharedresidence import Agreement, agreement_on

Home = Bostedsadresse | DeltBosted | Oppholdsadresse

_GRADED = frozenset({"klientadresse", "fortrolig", "strengtFortrolig"})

_BESIDE_RESIDENCE = (Field("flyttedato", gettext_lazy("Flyttedato"), as_date),)
_BESIDE_SHARED = (
    Field("startdatoForKontrakt", gettext_lazy("Avtalen gjelder fra"), as_date),
    Field("sluttdatoForKontrakt", gettext_lazy("Avtalen gjelder til"), as_date),
)
_BESIDE_STAY = (
    Field("oppholdAnnetSted", gettext_lazy("Grunn")),
    Field("oppholdsadressedato", gettext_lazy("Fra dato"), as_date),
)
DISTRICTS = (
    Field("grunnkrets", gettext_lazy("Grunnkrets"), as_text),
    Field("skolekrets", gettext_lazy("Skolekrets"), as_text),
    Field("stemmekrets", gettext_lazy("Stemmekrets"), as_text),
    Field("kirkekrets", gettext_lazy("Kirkekrets"), as_text),
)


def residence(entry: Bostedsadresse) -> Iterator[Row]:
    yield from _home(entry)
    if entry.ukjentBosted:
        yield Row("", (_("Ukjent bosted"),))
        yield from _kommune(entry.ukjentBosted.bostedskommune, entry)
    yield from rows_of(entry, _BESIDE_RESIDENCE)


def shared_residence(entry: DeltBosted) -> Iterator[Row]:
    """Outside its agreement it is said not to hold, since the register may go on calling it current."""
    agreement = agreement_on(timezone.localdate(), entry)
    if agreement is not Agreement.IN_FORCE:
        over = agreement is Agreement.OVER
        yield Row("", (_("Avtalen gjelder ikke lenger") if over else _("Avtalen gjelder ikke ennå"),))
    yield from _home(entry)
    if entry.ukjentBosted:
        yield Row("", (_("Ukjent bosted"),))
    yield from rows_of(entry, _BESIDE_SHARED)


def stay(entry: Oppholdsadresse) -> Iterator[Row]:
    yield from _home(entry)
    if entry.adressenErUkjent:
        yield Row("", (_("Adressen er ukjent"),))
    yield from rows_of(entry, _BESIDE_STAY)


def postal(entry: Kontaktadresse | KontaktadresseIUtlandet) -> Iterator[Row]:
    """A structured and a free form may both be there."""
    yield from _lines(entry)
    yield from _grading(entry.adressegradering)


def kommune_of(entry: Bostedsadresse) -> str:
    """The name of the kommune somebody lives in, "" when it does not show."""
    number = None if entry.ukjentBosted else kommune_number(entry)
    return as_kommune(number) if number else ""


def _home(entry: Home) -> Iterator[Row]:
    yield from _lines(entry)
    if not getattr(entry, "ukjentBosted", None):
        yield from _kommune(kommune_number(entry), entry)
    yield from _grading(entry.adressegradering)


def _lines(entry: Home | Kontaktadresse | KontaktadresseIUtlandet) -> Iterator[Row]:
    label = _("Matrikkeladresse") if getattr(entry, "matrikkeladresse", None) else ""
    yield from (Row(label, lines.envelope) for lines in address_lines(entry))


def _kommune(number: str | None, entry: Home) -> Iterator[Row]:
    """By the name it had when the address began to hold, where that is another one."""
    if number:
        yield Row(_("Kommune"), (as_kommune(number, day_of(entry.gyldighetstidspunkt or "")),))


def _grading(code: str | None) -> Iterator[Row]:
    if code in _GRADED:
        yield Row(_("Adressegradering"), (vocabulary.code_name("adressegradering", code),))
