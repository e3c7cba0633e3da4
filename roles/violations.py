"""A rule of ours says no."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


class PolicyViolation(Exception):
    """What was asked for breaks a rule. str() is a sentence in the language of the page that may be shown as it is.

    about: the field it is about, by the name that the model has for it; "" for all of them together.
    Not worth a retry; the fault is the asker's, or a page's that should not have offered it.
    """

    def __init__(self, said: str, *, about: str = "") -> None:
        super().__init__(said)
        self.about = about


@contextmanager
def taken(said: str, *, about: str = "name") -> Iterator[None]:
    """Saves a row whose name was free when it was looked at. Raises PolicyViolation where somebody was quicker."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise PolicyViolation(said, about=about) from None
