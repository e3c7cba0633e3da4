"""What a supplier gets about an integration: the password, once, and how to call us in each of its roles."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from roles.access.permissions import Permission, employee_of, requires
from roles.admin.base.pages import file, page
from roles.admin.base.scoping import check_may_change, find_row
from roles.admin.base.serviceforms import ServiceForm
from roles.casesystems.integrations import renew_password
from roles.casesystems.supplierinfo import SupplierInfo, facts, supplier_info
from roles.casesystems.supplierpdf import supplier_pdf
from roles.models import Integration


@requires(Permission.ADMINISTER)
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks before it makes a new password: the case system is shut out until somebody gives it the new one."""
    integration = find_row(request, Integration.objects.all(), key)
    check_may_change(request, integration)
    form = ServiceForm(request.POST if request.method == "POST" else None, by=employee_of(request))
    done = form.send_to(partial(renew_password, integration=integration))
    return password_page(request, integration, form.made if done else "", form)


def password_page(
    request: HttpRequest, integration: Integration, password: str, form: ServiceForm | None = None
) -> HttpResponse:
    """The page of the password. password: the new one, shown this once; "" for the page that asks. form: says why there
    is none."""
    title = _("Passord for %(name)s") % {"name": integration.name}
    shown = {"integration": integration, "form": form, "password": password}
    return page(request, "password", shown, title=title, under=integration)


@requires(Permission.ADMINISTER)
@require_safe
def supplier(request: HttpRequest, key: UUID, role: UUID) -> HttpResponse:
    """What the supplier needs to know about one role. It holds no secret, so all who see the integration see it."""
    integration, info = _find_supplier(request, key, role)
    shown = {"integration": integration, "info": info, "facts": facts(info)}
    return page(request, "supplier", shown, title=_("Informasjon til leverandør"), under=integration)


@requires(Permission.ADMINISTER)
@require_safe
def supplier_file(request: HttpRequest, key: UUID, role: UUID) -> HttpResponse:
    """The same as a PDF."""
    _integration, info = _find_supplier(request, key, role)
    name = f"leverandor-{info.integration_id!s:.8}-{info.role_id!s:.8}.pdf"
    return file(supplier_pdf(info, made_at=timezone.now()), "application/pdf", name)


def _find_supplier(request: HttpRequest, key: UUID, role: UUID) -> tuple[Integration, SupplierInfo]:
    integration = find_row(request, Integration.objects.all(), key)
    info = supplier_info(integration, role, base_url=settings.FIKSREG_BASE_URL)
    if info is None:
        raise Http404
    return integration, info
