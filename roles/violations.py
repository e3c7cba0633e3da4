"""PolicyViolation: the error for a request that breaks one of our rules."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


class PolicyViolation(Exception):
    """The request breaks a rule. str() is a sentence in the language of the page that may be shown as it is.

    about: the field it is about, by the name that the model has for it; "" when it is about all of them together.
    A retry does not help: the person may not do this, or the page should not have offered it.
    """

    def __init__(self, said: str, *, about: str = "") -> None:
        super().__init__(said)
        self.about = about


@contextmanager
def refuse_duplicate(said: str, *, about: str = "name") -> Iterator[None]:
    """A context for saving a row with a unique name. Raises PolicyViolation(said) when another row has the name."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise PolicyViolation(said, about=about) from None
