"""The members of a group, chosen in a form: boxes where there are few to choose among, else by name or code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from roles.admin.choosing.picker import Picker, certain_in, few, labelled, picked_in
from roles.models import Employee
from roles.people.finding import Hits, find, fitting, plain

#: More of today's members are not drawn: they are taken out by name or code.
MOST_BOXES: Final = 200
#: So many are looked for at once.
MOST_LINES: Final = 100


@dataclass(frozen=True, slots=True)
class AskedMany:
    """What a page sent: ids that were ticked; and, where it drew a part alone, who goes out, and names or codes."""

    ticked: frozenset[str] = frozenset()
    in_part: bool = False
    out: frozenset[str] = frozenset()
    text: str = ""
    out_text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what was written: whom it finds, and who of them was ticked."""

    hits: Hits
    ticked: tuple[Employee, ...] = ()


class MembersPicker(Picker):
    """today: who is in the group. A box is ticked for who is in it, where all are drawn; else for who is to go."""

    template_name = "admin/roles/picker/many.html"
    kind = "many"
    today: QuerySet[Employee]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> AskedMany:
        """Each box by its own name. A page that drew a part says so: what it left out must not be lost."""
        del files
        ticked, out = (frozenset(_list(data, key)) for key in (name, f"{name}_out"))
        text, out_text = (data.get(key, "") for key in (f"{name}_text", f"{name}_out_text"))
        return AskedMany(ticked, f"{name}_part" in data, out, text, out_text)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """No box ticked is an answer too."""
        del data, files, name
        return False

    def id_for_label(self, id_: str) -> str:
        """The text box's; boxes have labels of their own."""
        return "" if self.draws_all else id_

    @property
    def draws_all(self) -> bool:
        """Whether everybody there is stands on the page with a box, ticked for who is in the group."""
        return few(self.among) is not None

    def drawn(self, name: str, value: AskedMany) -> dict[str, Any]:
        """All there are; or today's members with what is written to change them."""
        about = {"name": name, "value": value}
        if (people := few(self.among)) is not None:
            return about | {"options": labelled(people)}
        count = self.today.count()
        members = self.today.order_by("display_name", "pk") if count <= MOST_BOXES else []
        going = {"members": members, "count": count, "leaving": lines(self.today, value.out_text, value.out)}
        return about | going | self.hits(value)

    def hits(self, value: AskedMany) -> dict[str, Any]:
        """Who is found for each line. Of a page that draws all, those who are ticked are today's members."""
        found = lines(self.among, value.text, value.ticked if value.in_part else ())
        return {"lines": found, "unclear": sum(not (line.ticked or line.hits.certain) for line in found)}


class MembersField(forms.Field):
    """Its value is a list of employees: all who are in the group afterwards. `choose_among` must be called."""

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
        """The widget."""
        return cast(MembersPicker, self.widget)

    def choose_among(self, among: QuerySet[Employee], *, today: QuerySet[Employee], within: UUID | None = None) -> None:
        """today: who is in the group already. within: the one organisation they are all of, if they are."""
        self.picker.among, self.picker.today, self.picker.within = among, today, within

    def prepare_value(self, value: Any) -> AskedMany:
        """What was sent; else who is in the group."""
        return value if isinstance(value, AskedMany) else AskedMany(frozenset(str(each.pk) for each in value or ()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Django's."""
        return bool(self.prepare_value(initial) != data)

    def clean(self, value: AskedMany) -> list[Employee]:
        """All who are ticked; or today's, without who goes out and with who comes in."""
        if not value.in_part:
            return self._ticked(self.picker.among, value.ticked)
        out = self._named(self.picker.today, value.out_text, value.out)
        new = self._named(self.picker.among, value.text, value.ticked)
        kept = self.picker.today.exclude(pk__in=[employee.pk for employee in out])
        return list(dict.fromkeys([*kept, *new]))

    def _named(self, among: QuerySet[Employee], text: str, ticked: frozenset[str]) -> list[Employee]:
        """Who is ticked, and whom each line means by itself. Raises ValidationError with every line that is unclear."""
        if len(written(text)) > MOST_LINES:
            raise forms.ValidationError(self.error_messages["lines"], "lines", {"most": MOST_LINES})
        found, unclear = self._ticked(among, ticked), []
        for line in lines(among, text, ticked):
            try:
                found += line.ticked or [certain_in(line.hits, self.error_messages)]
            except forms.ValidationError as error:
                unclear.append(error)
        if unclear:
            raise forms.ValidationError(unclear)
        return found

    def _ticked(self, among: QuerySet[Employee], keys: frozenset[str]) -> list[Employee]:
        chosen = picked_in(among, keys)
        if len(chosen) < len(keys):
            raise forms.ValidationError(self.error_messages["gone"], "gone")
        return chosen


def written(text: str) -> list[str]:
    """The lines that say something, each once."""
    return list(dict.fromkeys(filter(None, map(plain, text.splitlines()))))


def lines(among: QuerySet[Employee], text: str, ticked: Iterable[str]) -> list[Line]:
    """Whom each line finds among them; and first, who is ticked without fitting any of the lines."""
    picked = picked_in(among, ticked)
    found = [_line(among, picked, line) for line in written(text)[:MOST_LINES]]
    named = {employee.pk for line in found for employee in line.ticked}
    loose = tuple(employee for employee in picked if employee.pk not in named)
    return [Line(Hits("", loose), loose), *found] if loose else found


def _line(among: QuerySet[Employee], picked: list[Employee], text: str) -> Line:
    fits = fitting(among.filter(pk__in=[employee.pk for employee in picked]), text) if picked else ()
    return Line(find(among, text), tuple(fits))


def _list(data: Any, key: str) -> list[str]:
    """A form's own data has lists of a name; a plain mapping, as tests send, has them as values."""
    values: list[str] = data.getlist(key) if hasattr(data, "getlist") else data.get(key, [])
    return values
