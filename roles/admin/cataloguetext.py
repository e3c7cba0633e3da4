"""A change of the catalogue as texts for the page. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.folkeregisteret.elements import ELEMENTS
from roles.catalogue.differences import BasisContent, Change, Difference, Touched
from roles.models import BasisKind, BasisStatus, Employee, Integration
from roles.vocabulary import element_name

_LABELS: dict[str, Promise] = {
    "areas": gettext_lazy("Tjenesteområder"),
    "url": gettext_lazy("Lenke"),
    "confidential": gettext_lazy("Gir taushetsbelagte opplysninger"),
    "elements": gettext_lazy("Opplysninger"),
    "valid_from": gettext_lazy("Gjelder fra"),
    "valid_to": gettext_lazy("Gjelder til"),
    "kind": gettext_lazy("Hjemmelstype"),
    "text_read": gettext_lazy("Lest i loven"),
    "says": gettext_lazy("Hva paragrafen sier"),
    "version": gettext_lazy("Lest utgave"),
    "status": gettext_lazy("Status"),
}
_CHOICES: dict[str, type[BasisStatus] | type[BasisKind]] = {"status": BasisStatus, "kind": BasisKind}
_OPENED = gettext_lazy("Åpner nå også")
_CLOSED = gettext_lazy("Åpner ikke lenger")


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a basis. before: None when the basis is new; "" for an empty value."""

    label: Promise
    after: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One legal basis with its facts."""

    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: the bases that are added, changed or closed."""

    id: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """A role that the change touches."""

    organisation: str
    role: str
    lost: str
    gained: str
    holders: str


def parts_of(difference: Difference) -> tuple[Part, ...]:
    """The parts of the page, in order."""
    return (
        Part("added", _("Nye"), tuple(Row(_name(basis), _facts(basis)) for basis in difference.added)),
        Part(
            "changed",
            _("Endret"),
            tuple(Row(_name(change.after), _both_sides(change)) for change in difference.changed),
        ),
        Part("gone", _("Står ikke i filen og blir lukket"), tuple(Row(_name(basis), ()) for basis in difference.gone)),
    )


def touched_rows(touched: Iterable[Touched]) -> list[TouchedRow]:
    """One row for each role that the change touches."""
    return [
        TouchedRow(
            organisation=str(row.role.organisation),
            role=row.role.name,
            lost=_elements(row.lost),
            gained=_elements(row.gained),
            holders=", ".join(map(_holder, row.holders)),
        )
        for row in touched
    ]


def _holder(holder: Employee | Integration) -> str:
    return _("%(name)s (integrasjon)") % {"name": holder} if isinstance(holder, Integration) else str(holder)


def _name(basis: BasisContent) -> str:
    status = "" if basis.status == BasisStatus.CONFIRMED else _("forslag")
    return " – ".join(filter(None, [f"{basis.statute} {basis.section}", basis.note, status]))


def _facts(basis: BasisContent) -> tuple[Fact, ...]:
    values = ((name, _in_words(basis, name)) for name in _LABELS)
    return tuple(Fact(_LABELS[name], value) for name, value in values if value)


def _both_sides(change: Change) -> tuple[Fact, ...]:
    compared = [name for name in change.fields if name in _LABELS and name != "elements"]
    facts = [Fact(_LABELS[name], _in_words(change.after, name), _in_words(change.before, name)) for name in compared]
    before, after = set(change.before.elements), set(change.after.elements)
    moved = ((_OPENED, _elements(after - before)), (_CLOSED, _elements(before - after)))
    return (*facts, *(Fact(label, said) for label, said in moved if said))


def _in_words(basis: BasisContent, name: str) -> str:
    value = getattr(basis, name)
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if name == "elements":
        return _elements(value)
    if name in _CHOICES:
        return str(_CHOICES[name](value).label)
    return ", ".join(value) if isinstance(value, tuple) else value or ""


def _elements(keys: Iterable[str]) -> str:
    chosen = set(keys)
    return ", ".join(element_name(key) for key in ELEMENTS if key in chosen)
