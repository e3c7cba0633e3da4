"""What the operator tells everybody who is logged in, for a time."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from roles.models.validity import Validity

LONGEST = 500


class Notice(Validity):
    """A message in each language of the pages, shown while it is valid."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text_nb = models.CharField(_("melding på bokmål"), max_length=LONGEST)
    text_nn = models.CharField(_("melding på nynorsk"), max_length=LONGEST)
    text_en = models.CharField(_("melding på engelsk"), max_length=LONGEST)

    class Meta:
        verbose_name = _("driftsmelding")
        verbose_name_plural = _("driftsmeldinger")
        ordering = ["-valid_from", "id"]

    def __str__(self) -> str:
        return self.text_nb
