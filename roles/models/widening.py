"""Who has widened which role: nobody receives what they widened at a login, until a colleague has given it again."""

from django.db import models
from django.utils import timezone

from roles.models.employee import Employee
from roles.models.role import Role


class RoleWidening(models.Model):
    """The last time this employee made the role wider, also by what it rests on: its organisation or a legal basis."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="widenings")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "employee"], name="role_widening_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.employee}"
