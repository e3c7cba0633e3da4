"""An organisation's request for a service area that the catalogue lacks."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roles.models.catalogue import ServiceArea
from roles.models.employee import Employee
from roles.models.organisation import Organisation


class RequestState(models.TextChoices):
    ASKED = "ASKED", _("Venter på svar")
    GRANTED = "GRANTED", _("Innvilget")
    REFUSED = "REFUSED", _("Avslått")


class ServiceAreaRequest(models.Model):
    """A request by an organisation's administrator, answered once by a central administrator. Both can see it.

    service_area: the area that was granted; None when the request is unanswered or refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="area_requests", verbose_name=_("virksomhet")
    )
    name = models.CharField(_("ønsket tjenesteområde"), max_length=200)
    statute = models.CharField(
        _("lov og paragraf"), max_length=300, help_text=_("Loven som gir virksomheten oppgaven, med paragraf.")
    )
    reason = models.TextField(
        _("begrunnelse"), max_length=2000, help_text=_("Hva oppgaven er, og hvorfor ingen av tjenesteområdene passer.")
    )
    asked_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("spurt av")
    )
    asked_at = models.DateTimeField(_("spurt"), default=timezone.now, editable=False)
    state = models.CharField(_("status"), max_length=20, choices=RequestState, default=RequestState.ASKED)
    answer = models.TextField(_("svar"), max_length=2000, blank=True)
    service_area = models.ForeignKey(
        ServiceArea, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("tjenesteområde")
    )
    answered_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("besvart av")
    )
    answered_at = models.DateTimeField(_("besvart"), null=True, editable=False)

    class Meta:
        verbose_name = _("ønske om tjenesteområde")
        verbose_name_plural = _("ønsker om tjenesteområder")
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="ASKED", answered_at=None)
                | (~models.Q(state="ASKED") & models.Q(answered_at__isnull=False)),
                name="area_request_answered_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="GRANTED", service_area__isnull=False)
                | (~models.Q(state="GRANTED") & models.Q(service_area=None)),
                name="area_request_granted_with_an_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.name}"
