"""Employees, their groups and their administratorships."""

import uuid
from typing import ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.utils.translation import gettext_lazy as _

from roles.models.organisation import Organisation

#: The `issuer` of the break-glass account, which no identity provider knows.
LOCAL_ISSUER: Final = "local"


class EmployeeManager(BaseUserManager["Employee"]):
    def create_employee(
        self, *, issuer: str, subject: str, display_name: str, organisation: Organisation | None = None
    ) -> "Employee":
        """Creates an employee of the identity provider `issuer`, through which alone they can log in.

        subject: the provider's id of the employee, hashed by roles.login.subjecthashes.
        """
        employee = self.model(issuer=issuer, subject=subject, display_name=display_name, organisation=organisation)
        employee.set_unusable_password()
        employee.save(using=self._db)
        return employee


class Employee(AbstractBaseUser):
    """An employee, identified by issuer and subject, never by e-mail or name, which may pass to another person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    display_name = models.CharField(_("navn"), max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="employees",
        verbose_name=_("virksomhet"),
    )
    is_active = models.BooleanField(_("aktiv"), default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS = ["issuer", "subject", "display_name"]

    objects: ClassVar[EmployeeManager] = EmployeeManager()

    class Meta:
        verbose_name = _("ansatt")
        verbose_name_plural = _("ansatte")
        ordering = ["display_name"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="employee_issuer_subject"),
            # Roles are given within an organisation, so the break-glass account, which has none, can hold no role.
            models.CheckConstraint(
                condition=~models.Q(issuer=LOCAL_ISSUER) | models.Q(organisation=None),
                name="employee_local_without_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(password="") | models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX),
                name="employee_without_password",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    @property
    def code(self) -> str:
        """The code that an employee tells an administrator, so that the administrator finds them. It is not secret."""
        return self.pk.hex[:8]

    @property
    def is_break_glass(self) -> bool:
        """Whether this is the break-glass account (roles.login.breakglass)."""
        return self.issuer == LOCAL_ISSUER

    @property
    def is_staff(self) -> bool:
        """Whether they may open the administration pages. This gives no person data: administering never does."""
        administers = self.administratorships.exclude(kind=AdministratorKind.PRIVACY)
        return self.is_active and administers.exists()

    def has_perm(self, _perm: str, _obj: object = None) -> bool:
        """Always False: each administration page checks the administratorship it needs instead."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return app_label == "roles" and self.is_staff


class Group(models.Model):
    """Employees of one organisation who hold roles together.

    external_id: the identity provider's id of the same group, "" for none. When it is set, the provider decides the
    members. tied_by: the administrator who set it; they never become a member through it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="groups", verbose_name=_("virksomhet")
    )
    name = models.CharField(_("navn"), max_length=200)
    external_id = models.CharField(
        _("id i innloggingstjenesten"),
        max_length=200,
        blank=True,
        help_text=_(
            "Står det en id her, bestemmer innloggingstjenesten hvem som er medlem, hver gang noen logger inn, og "
            "medlemmene kan ikke endres på denne siden. Den som setter id-en, gir gruppen en rolle eller utvider en "
            "rolle den har, kommer ikke selv inn i gruppen på denne måten."
        ),
    )
    tied_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    members = models.ManyToManyField(Employee, related_name="role_groups", blank=True, verbose_name=_("medlemmer"))

    class Meta:
        verbose_name = _("gruppe")
        verbose_name_plural = _("grupper")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="group_name_in_organisation"),
            models.UniqueConstraint(
                fields=["organisation", "external_id"],
                condition=~models.Q(external_id=""),
                name="group_external_id_in_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AdministratorKind(models.TextChoices):
    CENTRAL = "CENTRAL", _("Sentral administrator")
    ORGANISATION = "ORGANISATION", _("Virksomhetsadministrator")
    ROLE = "ROLE", _("Rolleadministrator")
    PRIVACY = "PRIVACY", _("Personvernombud")


class Administratorship(models.Model):
    """A right to administer an organisation; without one, to administer the installation. It opens no person data."""

    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="administratorships", verbose_name=_("ansatt")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="administratorships",
        verbose_name=_("virksomhet"),
    )
    kind = models.CharField(_("slag"), max_length=20, choices=AdministratorKind)

    class Meta:
        verbose_name = _("administratoransvar")
        verbose_name_plural = _("administratoransvar")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "organisation", "kind"], nulls_distinct=False, name="administratorship_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="CENTRAL", organisation=None)
                | (~models.Q(kind="CENTRAL") & models.Q(organisation__isnull=False)),
                name="administratorship_central_has_no_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.get_kind_display()}"
