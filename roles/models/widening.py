"""Records of who widened which role. A login gives nobody a role they widened until a colleague gives it again
(roles.granting.widening)."""

from django.db import models
from django.utils import timezone

from roles.models.employee import Employee
from roles.models.role import Role


class RoleWidening(models.Model):
    """The last time this employee widened the role, by a change to it, to its organisation or to a legal basis."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="widenings")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "employee"], name="role_widening_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.employee}"
