"""Validity in time: half-open, so that one validity can follow another without a gap or an overlap."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def live_at(now: datetime, prefix: str = "") -> models.Q:
    """Rows valid at `now`. prefix: the lookup path to a related row, with its "__"."""
    begun = models.Q(**{f"{prefix}valid_from__lte": now})
    return begun & (models.Q(**{f"{prefix}valid_to": None}) | models.Q(**{f"{prefix}valid_to__gt": now}))


class Validity(models.Model):
    """Valid from the moment `valid_from` until just before `valid_to`; without a `valid_to`, until further notice."""

    valid_from = models.DateTimeField(_("gjelder fra"), default=timezone.now)
    valid_to = models.DateTimeField(_("gjelder til"), null=True, blank=True)

    class Meta:
        abstract = True

    def is_valid_at(self, now: datetime) -> bool:
        return self.valid_from <= now and (self.valid_to is None or now < self.valid_to)
