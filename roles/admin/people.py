"""Employees, groups and administrators, for reading, and for choosing whom a role is given to."""

from roles.admin.scoping import ScopedAdmin
from roles.models import Administratorship, Employee, Group


class EmployeeAdmin(ScopedAdmin[Employee]):
    """Who has logged in, or was registered. What the identity provider calls them is not shown."""

    list_display = ["display_name", "organisation", "is_active", "last_login"]
    search_fields = ["display_name"]
    fields = ["display_name", "organisation", "is_active", "last_login"]


class GroupAdmin(ScopedAdmin[Group]):
    """Employees who hold roles together."""

    list_display = ["name", "organisation"]
    search_fields = ["name"]
    fields = ["name", "organisation", "members"]


class AdministratorshipAdmin(ScopedAdmin[Administratorship]):
    """Who administers what."""

    list_display = ["employee", "kind", "organisation"]
    list_select_related = ["employee", "organisation"]
    fields = ["employee", "kind", "organisation"]
