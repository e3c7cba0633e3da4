"""PolicyViolation: the error for a request that breaks one of our rules."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


class PolicyViolation(Exception):
    """The request breaks a rule. str() is a sentence in the language of the page that may be shown as it is.

    A retry does not help: the person may not do this, or the page should not have offered it.
    """


@contextmanager
def taken(said: str) -> Iterator[None]:
    """A context for saving a row with a unique name. Raises PolicyViolation(said) when another row has the name."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise PolicyViolation(said) from None
