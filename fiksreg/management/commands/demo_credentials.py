"""`manage.py demo_credentials [--json]`: who can log in to the demo, with which roles, and where everything is."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.urls import reverse
from psycopg_pool import PoolTimeout

from integrations.identityprovider.accounts import ACCOUNTS
from roles.access.liveroles import live_roles
from roles.login.subjecthashes import names_of_word
from roles.models import Employee


class Command(BaseCommand):
    """Prints no secret: the identity provider of the demo asks for none."""

    help = "Show the accounts, roles and addresses of the demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--json for machines."""
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raises CommandError in production, and where no demo is."""
        if settings.PRODUCTION:
            raise CommandError("demo_credentials is for FIKSREG_ENVIRONMENT=demo.")
        try:
            accounts = [_account(label) for label in ACCOUNTS]
        except (OperationalError, PoolTimeout):
            raise CommandError("The demo's database does not answer: start the demo with make demo.") from None
        except ProgrammingError:
            raise CommandError("The demo's database is empty: run manage.py migrate --database owner.") from None
        credentials = {"accounts": accounts, "urls": _urls()}
        self.stdout.write(json.dumps(credentials, ensure_ascii=False) if options["json"] else _table(credentials))


def _account(label: str) -> dict[str, Any]:
    employee = Employee.objects.filter(issuer=settings.OIDC_ISSUER, subject__in=names_of_word(label)).first()
    if employee is None:
        raise CommandError("The demo data is not loaded: run manage.py load_demo.")
    return {
        "label": label,
        "sub": label,
        "organisation": str(employee.organisation or ""),
        "roles": [
            {
                "id": str(role.id),
                "name": role.name,
                "service_area": role.service_area.code,
                "uses": list(role.uses),
                "elements": sorted(role.elements),
            }
            for role in live_roles(employee)
        ],
        "administers": [kind.kind for kind in employee.administratorships.all()],
    }


def _urls() -> dict[str, str]:
    web, simulator = settings.FIKSREG_BASE_URL, settings.FOLKEREGISTER_URL
    pages = {
        "web": "home",
        "login": "login",
        "lookup": "lookup:search",
        "citizen_lists": "citizenlists:index",
        "admin": "admin:index",
        "healthz": "healthz",
        "readyz": "readyz",
    }
    return {name: web + reverse(url) for name, url in pages.items()} | {
        "simulator": simulator,
        "test_persons": f"{simulator}/testpersoner.json",
        "identity_provider": settings.OIDC_ISSUER,
    }


def _table(credentials: dict[str, Any]) -> str:
    accounts = [
        f"  {account['label']:<28}{account['organisation']:<20}{', '.join(role['name'] for role in account['roles'])}"
        for account in credentials["accounts"]
    ]
    urls = [f"  {name:<28}{url}" for name, url in credentials["urls"].items()]
    return "\n".join(["Accounts", *accounts, "", "Addresses", *urls])
