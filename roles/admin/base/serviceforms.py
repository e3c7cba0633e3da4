"""Forms that a service answers: what it refuses is said at the field it is about, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Final, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _

from roles.admin.base.generics import ModelForm
from roles.models import Employee
from roles.purposes import refuse_numbers
from roles.violations import PolicyViolation

M = TypeVar("M", bound=Model)


class ReasonField(forms.CharField):
    """Why something is changed: one line for the log."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"label": _("Begrunnelse"), "help_text": _("Står i loggen. Skriv hvorfor, gjerne med saksnummer.")}
        super().__init__(**{**said, "max_length": 300, "validators": [refuse_numbers], **kwargs})


class ServiceForm(forms.Form):
    """What a page of ours sends to a service: its fields are the service's arguments, beside `by`."""

    #: What the service answered with.
    made: Any = None

    def __init__(self, data: Any = None, *, by: Employee, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.by = by

    def sent_to(self, service: Callable[..., object]) -> bool:
        """Whether the service did it. If not, the form says why."""
        if not self.is_valid():
            return False
        try:
            self.made = service(by=self.by, **self.cleaned_data)
        except PolicyViolation as violation:
            refuse(self, violation)
            return False
        return True


class ReasonForm(ServiceForm):
    """Nothing but a reason."""

    reason = ReasonField()


class ServiceModelForm(ModelForm[M]):
    """The form of a page of Django's. Its page sends it to the service, and draws it again with what that refused.

    refused: set by the page on a class made for its request alone.
    """

    refused: ClassVar[PolicyViolation | None] = None

    def full_clean(self) -> None:
        """Django's, and what the service said."""
        super().full_clean()
        if self.is_bound and self.refused:
            refuse(self, self.refused)

    def _post_clean(self) -> None:
        """The row as it would be, field by field. What the table demands of them together, the service says better."""
        form = cast(Any, self)  # the stubs know less of Django's forms than Django says
        try:
            self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
            self.instance.clean_fields(exclude=form._get_validation_exclusions())
        except ValidationError as error:
            form._update_errors(error)


def refuse(form: "forms.BaseForm", violation: PolicyViolation) -> None:
    """Says it at its field; at the top where the form has no such field."""
    form.add_error(violation.about if violation.about in form.fields else None, str(violation))


_REFUSED: Final[ContextVar[PolicyViolation | None]] = ContextVar("refused", default=None)


@contextmanager
def drawn_again(violation: PolicyViolation) -> Iterator[None]:
    """While a page of Django's is made once more, with what the service refused."""
    token = _REFUSED.set(violation)
    try:
        yield
    finally:
        _REFUSED.reset(token)


def refused_now() -> PolicyViolation | None:
    """What the forms of this request are to say."""
    return _REFUSED.get()
