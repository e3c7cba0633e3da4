"""Many employees in an existing organisation."""

from roles.models import Employee, Organisation


def colleagues(where: Organisation, *names: str) -> list[Employee]:
    """Employees whose names may be the same."""
    known = Employee.objects.count()
    return Employee.objects.bulk_create(
        Employee(issuer="https://idp.example", subject=f"{known + number}", display_name=name, organisation=where)
        for number, name in enumerate(names)
    )


def many_colleagues(where: Organisation, count: int = 40) -> list[Employee]:
    """So many that no page lists them."""
    return colleagues(where, *(f"Kollega {number:03}" for number in range(count)))
