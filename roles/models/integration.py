"""Integrations: case systems that look up persons on an organisation's behalf, with roles of their own."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roles.models.organisation import Organisation, check_organisation_number


class Integration(models.Model):
    """One case system. Its id is the IntegrasjonId that it sends with each call.

    maskinporten_organisation: the organisation whose token it sends, usually its supplier. password_digest: the digest
    of its password, which is shown once and not stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="integrations", verbose_name=_("virksomhet")
    )
    name = models.CharField(_("navn"), max_length=200)
    maskinporten_organisation = models.CharField(
        _("organisasjonsnummer i Maskinporten"),
        max_length=9,
        validators=[check_organisation_number],
        help_text=_("Den som henter tokenet, som regel leverandøren av fagsystemet."),
    )
    is_active = models.BooleanField(_("aktiv"), default=True)
    password_digest = models.CharField(max_length=64, editable=False)
    password_set_at = models.DateTimeField(_("passord satt"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("integrasjon")
        verbose_name_plural = _("integrasjoner")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="integration_name_in_organisation")
        ]

    def __str__(self) -> str:
        return self.name
