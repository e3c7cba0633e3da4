"""One employee chosen in a form: from a list when there are few, else by name or code.

No script is needed. With one, the list that the server would return appears while the administrator types.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeVar, cast
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from roles.admin.base.keys import key_in
from roles.admin.base.serviceforms import ServiceModelForm
from roles.models import Employee
from roles.people.finding import MOST_HITS, Hits, find, fitting, plain

M = TypeVar("M", bound=Model)
#: The most employees that a list has.
FEW: Final = 30
#: The value of the button that takes a choice away again.
NOBODY: Final = "ingen"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page sent: the id that was picked, and the text that was typed."""

    picked: str = ""
    text: str = ""


class Picker(forms.Widget):
    """A widget for choosing employees. within: the organisation that suggestions come from; None for all that the
    administrator may change."""

    among: QuerySet[Employee]
    within: UUID | None = None
    kind: ClassVar[str]

    class Media:
        css: ClassVar = {"all": ["css/picker.css"]}
        js: ClassVar = ["vendor/htmx-4.0.1/htmx.min.js"]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether both the pick and the text are missing from the data."""
        del files
        return name not in data and f"{name}_text" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        """Always False: the answer may come in either field, which a browser cannot know. The server says what is
        missing."""
        del initial
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with the values of drawn()."""
        context: dict[str, Any] = super().get_context(name, None, attrs)
        drawn = self.drawn(name, value)
        own = context["widget"]["attrs"]
        key = own.setdefault("id", f"id_{name}")
        if "options" not in drawn:
            own["aria-describedby"] = " ".join(filter(None, [own.get("aria-describedby"), f"{key}_how"]))
        return context | {"key": key, "sent": self._sent(name)} | drawn

    def _sent(self, name: str) -> str:
        needed = "1" if self.is_required else ""
        return json.dumps({"picker": name, "kind": self.kind, "within": str(self.within or ""), "needed": needed})

    def drawn(self, name: str, value: Any) -> dict[str, Any]:
        """The template's values for what was sent."""
        raise NotImplementedError

    def hits(self, value: Any) -> dict[str, Any]:
        """The part of drawn() that depends on the typed text."""
        raise NotImplementedError


class EmployeePicker(Picker):
    """A select; or a text box, with radio buttons for those who fit the text."""

    template_name = "admin/roles/picker/one.html"
    kind = "one"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Asked:
        """The pick and the text; a page has one of them or both."""
        del files
        return Asked(data.get(name, ""), data.get(f"{name}_text", ""))

    def drawn(self, name: str, value: Asked) -> dict[str, Any]:
        """The options of the select; or those who fit the text or were picked before."""
        about = {"name": name, "value": value}
        if (people := all_if_few(self.among)) is not None:
            return about | {"options": labels_of(people)}
        return about | self.hits(value)

    def hits(self, value: Asked) -> dict[str, Any]:
        """The radio buttons for those who fit the text."""
        picked = find_picked(self.among, [value.picked])
        found = find(self.among, value.text) if value.text.strip() else Hits("", tuple(picked))
        fits = [employee for employee in picked if employee in found.shown]
        chosen = fits[0] if fits else found.certain
        about = {"may_leave": not self.is_required, "nobody": NOBODY, "most": MOST_HITS}
        return about | {"found": found, "chosen": chosen}


class EmployeeField(forms.Field):
    """A field whose value is one of the employees that the page chooses among. `choose_among` must be called."""

    widget = EmployeePicker
    default_error_messages: ClassVar = {
        "unknown": _("Fant ingen du kan velge med dette navnet eller denne koden."),
        "unsure": _("Velg hvem du mener i listen."),
        "many": _("Mer enn %(most)d passer. Velg en av dem, eller skriv mer av navnet eller koden."),
        "gone": _("Den du valgte, kan ikke velges lenger."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choose_among(Employee.objects.none())

    @property
    def picker(self) -> EmployeePicker:
        """The field's widget, typed."""
        return cast(EmployeePicker, self.widget)

    def choose_among(self, among: QuerySet[Employee], *, within: UUID | None = None) -> None:
        """Sets whom the field may choose. within: their organisation, when all are of one."""
        self.picker.among, self.picker.within = among, within

    def prepare_value(self, value: Any) -> Asked:
        """What was sent; for a new page, the initial employee."""
        return value if isinstance(value, Asked) else Asked(str(getattr(value, "pk", value or "")))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the value differs from the initial one."""
        return bool(self.prepare_value(initial) != data)

    def clean(self, value: Asked) -> Employee | None:
        """The picked employee, unless the text has been changed to something they do not fit; else the only one who
        fits the text. Raises ValidationError."""
        employee = None if value.picked == NOBODY else self._parse(value)
        self.validate(employee)
        return employee

    def _parse(self, value: Asked) -> Employee | None:
        among = self.picker.among
        picked = find_picked(among, [value.picked])
        if picked and (not plain(value.text) or fitting(only_picked(among, picked), value.text).exists()):
            return picked[0]
        if plain(value.text):
            return check_certain(find(among, value.text), self.error_messages)
        if value.picked:
            raise forms.ValidationError(self.error_messages["gone"], "gone")
        return None


class PickingForm(ServiceModelForm[M]):
    """A form with such fields.

    among: whom this administrator may choose. The page sets it on a class made for its request alone, since the
    declared fields of a class are shared by every request in every thread.
    """

    among: ClassVar[QuerySet[Employee]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, EmployeeField):
                field.choose_among(self.among)


def check_certain(found: Hits, messages: Mapping[str, Any]) -> Employee:
    """The only employee found. Raises ValidationError, with advice, when none or several were found."""
    if found.certain is not None:
        return found.certain
    code = "many" if found.more else "unsure" if found.shown else "unknown"
    raise forms.ValidationError(messages[code], code, {"most": MOST_HITS, "text": found.text})


def all_if_few(among: QuerySet[Employee]) -> list[Employee] | None:
    """All employees, when they are at most FEW; else None."""
    people = list(among.select_related("organisation").order_by("display_name", "pk")[: FEW + 1])
    return people if len(people) <= FEW else None


def labels_of(people: Sequence[Employee]) -> list[tuple[str, str]]:
    """The id and label of each: the name, with the organisation when there are several, and with the code when two have
    the same name."""
    several = len({employee.organisation_id for employee in people}) > 1
    names = Counter(employee.display_name for employee in people)
    return [(str(each.pk), _label(each, several, names[each.display_name] > 1)) for each in people]


def _label(employee: Employee, with_organisation: bool, with_code: bool) -> str:
    locked = "" if employee.is_active else gettext("sperret")
    code = gettext("kode %(code)s") % {"code": employee.code} if with_code else ""
    organisation = str(employee.organisation) if with_organisation else ""
    apart = ", ".join(filter(None, [organisation, code, locked]))
    return f"{employee} ({apart})" if apart else str(employee)


def find_picked(among: QuerySet[Employee], keys: Iterable[str]) -> list[Employee]:
    """The employees with these ids, of those in `among`. A text that is no id is ignored."""
    ids = {key for key in map(key_in, keys) if key is not None}
    return list(among.filter(pk__in=ids).select_related("organisation")) if ids else []


def only_picked(among: QuerySet[Employee], picked: Iterable[Employee]) -> QuerySet[Employee]:
    """Those in `among` who are picked."""
    return among.filter(pk__in=[employee.pk for employee in picked])
