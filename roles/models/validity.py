"""Periods of validity. They are half-open, so that one can follow another without a gap or an overlap."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def live_at(now: datetime, prefix: str = "") -> models.Q:
    """The filter for rows valid at `now`. prefix: the lookup path to a related row, with its "__"."""
    begun = models.Q(**{f"{prefix}valid_from__lte": now})
    return begun & (models.Q(**{f"{prefix}valid_to": None}) | models.Q(**{f"{prefix}valid_to__gt": now}))


class Validity(models.Model):
    """A row valid from `valid_from` (included) to `valid_to` (not included); None means until further notice."""

    valid_from = models.DateTimeField(_("gjelder fra"), default=timezone.now)
    valid_to = models.DateTimeField(_("gjelder til"), null=True, blank=True)

    class Meta:
        abstract = True

    def is_valid_at(self, now: datetime) -> bool:
        return self.valid_from <= now and (self.valid_to is None or now < self.valid_to)
