from roles.models.arearequest import RequestState, ServiceAreaRequest
from roles.models.breakglass import BreakGlassOpening
from roles.models.catalogue import BasisKind, BasisStatus, CatalogueImport, LegalBasis, ServiceArea
from roles.models.employee import LOCAL_ISSUER, AdministratorKind, Administratorship, Employee, Group
from roles.models.integration import Integration
from roles.models.login import LoginSession, SpentLogoutToken
from roles.models.notice import Notice
from roles.models.onboarding import OnboardingStep, Step
from roles.models.organisation import ContactPoint, Organisation, OrganisationKind
from roles.models.review import AccessReview, ReviewAnswer, ReviewItem
from roles.models.role import Holder, Role, RoleAssignment, Use
from roles.models.roleloss import RoleLoss
from roles.models.widening import RoleWidening

__all__ = [
    "LOCAL_ISSUER",
    "AccessReview",
    "AdministratorKind",
    "Administratorship",
    "BasisKind",
    "BasisStatus",
    "BreakGlassOpening",
    "CatalogueImport",
    "ContactPoint",
    "Employee",
    "Group",
    "Holder",
    "Integration",
    "LegalBasis",
    "LoginSession",
    "Notice",
    "OnboardingStep",
    "Organisation",
    "OrganisationKind",
    "RequestState",
    "ReviewAnswer",
    "ReviewItem",
    "Role",
    "RoleAssignment",
    "RoleLoss",
    "RoleWidening",
    "ServiceArea",
    "ServiceAreaRequest",
    "SpentLogoutToken",
    "Step",
    "Use",
]
