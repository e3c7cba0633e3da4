"""One employee chosen in a form: from a list where there are few, else by name or code.

Nothing here needs a script. With one, the list that the server would answer with comes while somebody writes.
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
#: Up to so many stand in a list of their own.
FEW: Final = 30
#: What is picked by who takes a choice away again.
NOBODY: Final = "ingen"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page sent: the id that was picked among those drawn, and what was written."""

    picked: str = ""
    text: str = ""


class Picker(forms.Widget):
    """Draws among whom one chooses. within: the one organisation that suggestions come from; None for all of theirs."""

    among: QuerySet[Employee]
    within: UUID | None = None
    kind: ClassVar[str]

    class Media:
        css: ClassVar = {"all": ["css/picker.css"]}
        js: ClassVar = ["vendor/htmx-4.0.1/htmx.min.js"]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Either of the two is an answer."""
        del files
        return name not in data and f"{name}_text" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        """The server says what is missing: a browser cannot know which of the two will be filled in."""
        del initial
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's, with what is drawn."""
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
        """What the template says, for what was asked."""
        raise NotImplementedError

    def hits(self, value: Any) -> dict[str, Any]:
        """What the part of it says that changes with what is written."""
        raise NotImplementedError


class EmployeePicker(Picker):
    """A select, or a text box with radio buttons for those who fit."""

    template_name = "admin/roles/picker/one.html"
    kind = "one"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Asked:
        """Both, whichever was drawn."""
        del files
        return Asked(data.get(name, ""), data.get(f"{name}_text", ""))

    def drawn(self, name: str, value: Asked) -> dict[str, Any]:
        """The select's options; or who fits what was written, or was chosen before."""
        about = {"name": name, "value": value}
        if (people := few(self.among)) is not None:
            return about | {"options": labelled(people)}
        return about | self.hits(value)

    def hits(self, value: Asked) -> dict[str, Any]:
        """The radio buttons."""
        picked = picked_in(self.among, [value.picked])
        found = find(self.among, value.text) if value.text.strip() else Hits("", tuple(picked))
        fits = [employee for employee in picked if employee in found.shown]
        chosen = fits[0] if fits else found.certain
        about = {"may_leave": not self.is_required, "nobody": NOBODY, "most": MOST_HITS}
        return about | {"found": found, "chosen": chosen}


class EmployeeField(forms.Field):
    """Its value is an employee, of those that the page chooses among. `choose_among` must be called."""

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
        """The widget."""
        return cast(EmployeePicker, self.widget)

    def choose_among(self, among: QuerySet[Employee], *, within: UUID | None = None) -> None:
        """within: the one organisation they are all of, if they are."""
        self.picker.among, self.picker.within = among, within

    def prepare_value(self, value: Any) -> Asked:
        """What was sent; else whom the page begins with."""
        return value if isinstance(value, Asked) else Asked(str(getattr(value, "pk", value or "")))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Django's."""
        return bool(self.prepare_value(initial) != data)

    def clean(self, value: Asked) -> Employee | None:
        """Who was picked, unless something else was written since; else whom the writing can only mean."""
        employee = None if value.picked == NOBODY else self._meant(value)
        self.validate(employee)
        return employee

    def _meant(self, value: Asked) -> Employee | None:
        among = self.picker.among
        picked = picked_in(among, [value.picked])
        if picked and (not plain(value.text) or fitting(picked_among(among, picked), value.text).exists()):
            return picked[0]
        if plain(value.text):
            return certain_in(find(among, value.text), self.error_messages)
        if value.picked:
            raise forms.ValidationError(self.error_messages["gone"], "gone")
        return None


class PickingForm(ServiceModelForm[M]):
    """A form with such fields.

    among: whom who fills it in may choose. The page sets it on a class made for its request alone: the fields that a
    class declares are shared by every request, in every thread.
    """

    among: ClassVar[QuerySet[Employee]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, EmployeeField):
                field.choose_among(self.among)


def certain_in(found: Hits, messages: Mapping[str, Any]) -> Employee:
    """The one. Raises ValidationError with what to do about there being none, or several."""
    if found.certain is not None:
        return found.certain
    code = "many" if found.more else "unsure" if found.shown else "unknown"
    raise forms.ValidationError(messages[code], code, {"most": MOST_HITS, "text": found.text})


def few(among: QuerySet[Employee]) -> list[Employee] | None:
    """All of them, where they are few enough for a list of their own."""
    people = list(among.select_related("organisation").order_by("display_name", "pk")[: FEW + 1])
    return people if len(people) <= FEW else None


def labelled(people: Sequence[Employee]) -> list[tuple[str, str]]:
    """Each by name; by organisation too where there are several, and by code where a name is not theirs alone."""
    several = len({employee.organisation_id for employee in people}) > 1
    names = Counter(employee.display_name for employee in people)
    return [(str(each.pk), _label(each, several, names[each.display_name] > 1)) for each in people]


def _label(employee: Employee, with_organisation: bool, with_code: bool) -> str:
    locked = "" if employee.is_active else gettext("sperret")
    code = gettext("kode %(code)s") % {"code": employee.code} if with_code else ""
    organisation = str(employee.organisation) if with_organisation else ""
    apart = ", ".join(filter(None, [organisation, code, locked]))
    return f"{employee} ({apart})" if apart else str(employee)


def picked_in(among: QuerySet[Employee], keys: Iterable[str]) -> list[Employee]:
    """Those of the ids that are among them. What is no id is nobody's."""
    ids = {key for key in map(key_in, keys) if key is not None}
    return list(among.filter(pk__in=ids).select_related("organisation")) if ids else []


def picked_among(among: QuerySet[Employee], picked: Iterable[Employee]) -> QuerySet[Employee]:
    """These alone."""
    return among.filter(pk__in=[employee.pk for employee in picked])
