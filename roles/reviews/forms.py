"""The form in which a reviewer answers for many accesses at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from roles.models import ReviewAnswer, ReviewItem
from roles.purposes import refuse_numbers
from roles.reviews.reviewrules import check_answer
from roles.reviews.reviews import Answer
from roles.violations import PolicyViolation


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One access and its two fields."""

    item: ReviewItem
    choice: BoundField
    comment: BoundField


class AnswersForm(forms.Form):
    """Two fields for each access. An access without a choice stays unanswered and may be answered later."""

    def __init__(self, data: QueryDict | None = None, *, items: Sequence[ReviewItem]) -> None:
        super().__init__(data)
        self.items = items
        for item in items:
            choice, comment = _names(item)
            self.fields[choice] = forms.ChoiceField(
                label=_("Svar"), choices=ReviewAnswer.choices, required=False, initial=item.answer
            )
            self.fields[comment] = forms.CharField(
                label=_("Merknad"), max_length=500, required=False, initial=item.comment, validators=[refuse_numbers]
            )

    @property
    def rows(self) -> Iterator[AnswerRow]:
        """The rows in the order of the page."""
        for item in self.items:
            choice, comment = _names(item)
            yield AnswerRow(item, self[choice], self[comment])

    @property
    def answers(self) -> Mapping[UUID, Answer]:
        """The answers by item id, without the unanswered items. The form must be valid."""
        said = {item.pk: Answer(*(self.cleaned_data[name] for name in _names(item))) for item in self.items}
        return {key: answer for key, answer in said.items() if answer.choice}

    def clean(self) -> None:
        """Checks each answer with check_answer() and puts the error on the field that broke the rule."""
        for item in self.items:
            choice, comment = _names(item)
            said = self.cleaned_data.get(choice, ""), self.cleaned_data.get(comment, "")
            if not any(said) or self.errors.keys() & {choice, comment}:
                continue
            try:
                check_answer(*said)
            except PolicyViolation as violation:
                self.add_error(comment if said[0] else choice, str(violation))


def _names(item: ReviewItem) -> tuple[str, str]:
    return f"{item.pk}-svar", f"{item.pk}-merknad"
