"""The lists that depend on a role, for the page where an administrator ends the role."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils.translation import ngettext

from citizenlists.models import UNFINISHED, CitizenList, State
from roles.granting.touches import also_touches
from roles.models import Role


@also_touches
def lists_of(role: Role) -> Iterator[str]:
    """A sentence about the lists being made in this role, and one about those that can be downloaded."""
    ready = Q(state=State.READY, expires_at__gt=Now())
    counts = {"unfinished": Count("pk", filter=Q(state__in=UNFINISHED)), "ready": Count("pk", filter=ready)}
    found = CitizenList.objects.filter(role=role).aggregate(**counts)
    if count := found["unfinished"]:
        said = ngettext("%(count)d innbyggerliste under arbeid.", "%(count)d innbyggerlister under arbeid.", count)
        yield said % {"count": count}
    if count := found["ready"]:
        said = ngettext("%(count)d ferdig innbyggerliste.", "%(count)d ferdige innbyggerlister.", count)
        yield said % {"count": count}
