"""Forms that are sent to a service. What the service refuses is shown at the field it is about, and nothing typed is
lost."""

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
    """The reason for a change: one line for the log."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"label": _("Begrunnelse"), "help_text": _("Står i loggen. Skriv hvorfor, gjerne med saksnummer.")}
        super().__init__(**{**said, "max_length": 300, "validators": [refuse_numbers], **kwargs})


class ServiceForm(forms.Form):
    """A form of a page of ours. Its fields are the service's arguments, except `by`."""

    #: What the service returned.
    made: Any = None

    def __init__(self, data: Any = None, *, by: Employee, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.by = by

    def send_to(self, service: Callable[..., object]) -> bool:
        """Sends the valid form to the service. Returns whether the service did it; if not, the form says why."""
        if not self.is_valid():
            return False
        try:
            self.made = service(by=self.by, **self.cleaned_data)
        except PolicyViolation as violation:
            refuse(self, violation)
            return False
        return True


class ReasonForm(ServiceForm):
    """A form with a reason and nothing else."""

    reason = ReasonField()


class ServiceModelForm(ModelForm[M]):
    """The form of one of Django's pages. The page sends it to the service, and shows it again when the service refuses.

    refused: what the service refused. The page sets it on a class made for its request alone.
    """

    refused: ClassVar[PolicyViolation | None] = None

    def full_clean(self) -> None:
        """Django's validation, then what the service refused."""
        super().full_clean()
        if self.is_bound and self.refused:
            refuse(self, self.refused)

    def _post_clean(self) -> None:
        """Sets the fields on the row and validates each of them. The table's constraints are left to the service, which
        explains them better."""
        form = cast(Any, self)  # the stubs lack this method of Django's forms
        try:
            self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
            self.instance.clean_fields(exclude=form._get_validation_exclusions())
        except ValidationError as error:
            form._update_errors(error)


def refuse(form: "forms.BaseForm", violation: PolicyViolation) -> None:
    """Adds the violation to the field it is about; to the whole form when the form has no such field."""
    form.add_error(violation.about if violation.about in form.fields else None, str(violation))


_REFUSED: Final[ContextVar[PolicyViolation | None]] = ContextVar("refused", default=None)


@contextmanager
def showing_refusal(violation: PolicyViolation) -> Iterator[None]:
    """A context in which one of Django's pages is made again: its forms show what the service refused."""
    token = _REFUSED.set(violation)
    try:
        yield
    finally:
        _REFUSED.reset(token)


def current_refusal() -> PolicyViolation | None:
    """What the forms of this request must show as refused; None outside showing_refusal()."""
    return _REFUSED.get()
