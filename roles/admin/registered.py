"""The pages that the administration has. The site registers no others."""

from django.contrib.admin import site

from roles.admin.administratorship import AdministratorshipAdmin
from roles.admin.assignment import RoleAssignmentAdmin
from roles.admin.catalogue import LegalBasisAdmin
from roles.admin.employee import EmployeeAdmin
from roles.admin.group import GroupAdmin
from roles.admin.integration import IntegrationAdmin
from roles.admin.notice import NoticeAdmin
from roles.admin.organisation import OrganisationAdmin
from roles.admin.review import AccessReviewAdmin
from roles.admin.role import RoleAdmin
from roles.admin.roleloss import RoleLossAdmin
from roles.admin.servicearea import ServiceAreaAdmin, ServiceAreaRequestAdmin
from roles.models import (
    AccessReview,
    Administratorship,
    Employee,
    Group,
    Integration,
    LegalBasis,
    Notice,
    Organisation,
    Role,
    RoleAssignment,
    RoleLoss,
    ServiceArea,
    ServiceAreaRequest,
)

site.register(Role, RoleAdmin)
site.register(RoleLoss, RoleLossAdmin)
site.register(RoleAssignment, RoleAssignmentAdmin)
site.register(Employee, EmployeeAdmin)
site.register(Group, GroupAdmin)
site.register(Integration, IntegrationAdmin)
site.register(Administratorship, AdministratorshipAdmin)
site.register(LegalBasis, LegalBasisAdmin)
site.register(ServiceArea, ServiceAreaAdmin)
site.register(ServiceAreaRequest, ServiceAreaRequestAdmin)
site.register(Organisation, OrganisationAdmin)
site.register(Notice, NoticeAdmin)
site.register(AccessReview, AccessReviewAdmin)
