"""The addresses of the administration's own pages, beside those of Django's lists and forms."""

from django.urls import path

from roles.admin.accessreport import report
from roles.admin.catalogueimport import export, review, upload
from roles.admin.centralusers import central_users
from roles.admin.choosing.suggestions import suggestions
from roles.admin.fetching import fetch
from roles.admin.onboarding import onboarding, set_up
from roles.admin.roleendings import ENDINGS, end
from roles.admin.supplier import renew, supplier, supplier_file

_INTEGRATION = "integration/<uuid:key>/"
_ORGANISATION = "organisation/<uuid:key>/"
_SUPPLIER = f"{_INTEGRATION}leverandor/<uuid:role>/"

urlpatterns = [
    *(
        path(f"role/<uuid:key>/{ending.slug}/", end, {"ending": name}, name=f"roles_role_{name}")
        for name, ending in ENDINGS.items()
    ),
    path("roleassignment/rapport/", report, name="roles_roleassignment_report"),
    path("employee/hent/", fetch, name="roles_employee_fetch"),
    path("employee/forslag/", suggestions, name="roles_employee_suggestions"),
    path(f"{_INTEGRATION}passord/", renew, name="roles_integration_password"),
    path(_SUPPLIER, supplier, name="roles_integration_supplier"),
    path(f"{_SUPPLIER}pdf/", supplier_file, name="roles_integration_supplier_pdf"),
    path(f"{_ORGANISATION}ta-i-bruk/", onboarding, name="roles_organisation_onboarding"),
    path(f"{_ORGANISATION}kontroller/", set_up, name="roles_organisation_setup"),
    path(f"{_ORGANISATION}brukerstyring/", central_users, name="roles_organisation_central_users"),
    path("legalbasis/eksport/", export, name="roles_legalbasis_export"),
    path("legalbasis/import/", upload, name="roles_legalbasis_import"),
    path("legalbasis/import/<uuid:key>/", review, name="roles_legalbasis_review"),
]
