"""The members of a group, chosen in a form: by boxes when there are few employees, else by name or code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from roles.admin.choosing.picker import Picker, all_if_few, check_certain, find_picked, labels_of
from roles.models import Employee
from roles.people.finding import Hits, find, fitting, plain

#: The most members that are drawn as boxes. In a larger group, members are taken out by name or code.
MOST_BOXES: Final = 200
#: The most lines that one form may have.
MOST_LINES: Final = 100


@dataclass(frozen=True, slots=True)
class AskedMany:
    """What a page sent: the ids that were ticked. A page that drew only a part also sends who goes out, and names or
    codes of those who come in."""

    ticked: frozenset[str] = frozenset()
    in_part: bool = False
    out: frozenset[str] = frozenset()
    text: str = ""
    out_text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text: the employees it finds, and those of them who were ticked."""

    hits: Hits
    ticked: tuple[Employee, ...] = ()


class MembersPicker(Picker):
    """The widget. today: the members of the group. When all employees are drawn, a box is ticked for each member; else
    a ticked box takes a member out."""

    template_name = "admin/roles/picker/many.html"
    kind = "many"
    today: QuerySet[Employee]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> AskedMany:
        """Reads the boxes, each under its own name. A page that drew only a part says so, since those it did not draw
        stay members."""
        del files
        ticked, out = (frozenset(_list(data, key)) for key in (name, f"{name}_out"))
        text, out_text = (data.get(key, "") for key in (f"{name}_text", f"{name}_out_text"))
        return AskedMany(ticked, f"{name}_part" in data, out, text, out_text)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Always False: a form without a ticked box is an answer too."""
        del data, files, name
        return False

    def id_for_label(self, id_: str) -> str:
        """The id of the text box, for the field's label. Boxes have labels of their own, so there is none when all are
        drawn."""
        return "" if self.draws_all else id_

    @property
    def draws_all(self) -> bool:
        """Whether every employee stands on the page with a box, ticked for each member."""
        return all_if_few(self.among) is not None

    def drawn(self, name: str, value: AskedMany) -> dict[str, Any]:
        """The template's values: every employee as an option; or today's members, and the text that changes them."""
        about = {"name": name, "value": value}
        if (people := all_if_few(self.among)) is not None:
            return about | {"options": labels_of(people)}
        count = self.today.count()
        members = self.today.order_by("display_name", "pk") if count <= MOST_BOXES else []
        going = {"members": members, "count": count, "leaving": lines(self.today, value.out_text, value.out)}
        return about | going | self.hits(value)

    def hits(self, value: AskedMany) -> dict[str, Any]:
        """The lines of the text with those they find. On a page that draws all, the ticked ids are members and not
        answers to a line."""
        found = lines(self.among, value.text, value.ticked if value.in_part else ())
        return {"lines": found, "unclear": sum(not (line.ticked or line.hits.certain) for line in found)}


class MembersField(forms.Field):
    """A field whose value is a list of employees: all members after the change. `choose_among` must be called."""

    widget = MembersPicker
    default_error_messages: ClassVar = {
        "unknown": _("Fant ingen du kan velge med navnet eller koden «%(text)s»."),
        "unsure": _("Velg hvem du mener med «%(text)s»."),
        "many": _("Mer enn %(most)d passer med «%(text)s». Velg blant dem, eller skriv mer av navnet eller koden."),
        "gone": _("En av dem du valgte, kan ikke velges lenger."),
        "lines": _("Skriv høyst %(most)d linjer om gangen."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choose_among(Employee.objects.none(), today=Employee.objects.none())

    @property
    def picker(self) -> MembersPicker:
        """The field's widget, typed."""
        return cast(MembersPicker, self.widget)

    def choose_among(self, among: QuerySet[Employee], *, today: QuerySet[Employee], within: UUID | None = None) -> None:
        """Sets whom the field may choose. today: the members of the group. within: their organisation, when all are of
        one."""
        self.picker.among, self.picker.today, self.picker.within = among, today, within

    def prepare_value(self, value: Any) -> AskedMany:
        """What was sent; for a new page, the members of the group."""
        return value if isinstance(value, AskedMany) else AskedMany(frozenset(str(each.pk) for each in value or ()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the value differs from the initial one."""
        return bool(self.prepare_value(initial) != data)

    def clean(self, value: AskedMany) -> list[Employee]:
        """All who are ticked; or, on a page that drew a part, today's members without those who go out and with those
        who come in. Raises ValidationError."""
        if not value.in_part:
            return self._employees_ticked(self.picker.among, value.ticked)
        out = self._employees_named(self.picker.today, value.out_text, value.out)
        new = self._employees_named(self.picker.among, value.text, value.ticked)
        kept = self.picker.today.exclude(pk__in=[employee.pk for employee in out])
        return list(dict.fromkeys([*kept, *new]))

    def _employees_named(self, among: QuerySet[Employee], text: str, ticked: frozenset[str]) -> list[Employee]:
        """The ticked employees, and the only employee that each other line fits. Raises ValidationError that names
        every unclear line."""
        if len(lines_of(text)) > MOST_LINES:
            raise forms.ValidationError(self.error_messages["lines"], "lines", {"most": MOST_LINES})
        found, unclear = self._employees_ticked(among, ticked), []
        for line in lines(among, text, ticked):
            try:
                found += line.ticked or [check_certain(line.hits, self.error_messages)]
            except forms.ValidationError as error:
                unclear.append(error)
        if unclear:
            raise forms.ValidationError(unclear)
        return found

    def _employees_ticked(self, among: QuerySet[Employee], keys: frozenset[str]) -> list[Employee]:
        chosen = find_picked(among, keys)
        if len(chosen) < len(keys):
            raise forms.ValidationError(self.error_messages["gone"], "gone")
        return chosen


def lines_of(text: str) -> list[str]:
    """The lines of the text that are not blank, without repetition."""
    return list(dict.fromkeys(filter(None, map(plain, text.splitlines()))))


def lines(among: QuerySet[Employee], text: str, ticked: Iterable[str]) -> list[Line]:
    """The employees that each line finds. Those who are ticked and fit no line come first, as lines of their own."""
    picked = find_picked(among, ticked)
    found = [_line(among, picked, line) for line in lines_of(text)[:MOST_LINES]]
    named = {employee.pk for line in found for employee in line.ticked}
    loose = tuple(employee for employee in picked if employee.pk not in named)
    return [Line(Hits("", loose), loose), *found] if loose else found


def _line(among: QuerySet[Employee], picked: list[Employee], text: str) -> Line:
    fits = fitting(among.filter(pk__in=[employee.pk for employee in picked]), text) if picked else ()
    return Line(find(among, text), tuple(fits))


def _list(data: Any, key: str) -> list[str]:
    """The values with this name. A form's data has lists; a plain mapping, which tests send, has them as values."""
    values: list[str] = data.getlist(key) if hasattr(data, "getlist") else data.get(key, [])
    return values
