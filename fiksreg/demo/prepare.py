"""`python -m fiksreg.demo.prepare`: tables, catalogue and demo data, each only as far as it is missing."""

import sys

import django
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader


def main() -> None:
    """One process for all of it: starting Django three times would take longer than the work."""
    django.setup()
    check_made_by_this_version()
    call_command("migrate", database="owner", verbosity=0)
    call_command("load_catalogue")
    call_command("load_demo")


def check_made_by_this_version() -> None:
    """Ends the program where the database has taken steps that no longer exist: no later step fits on them."""
    loader = MigrationLoader(connections["owner"], ignore_no_migrations=True)
    if loader.applied_migrations.keys() - loader.disk_migrations.keys():
        sys.exit("the demo's data were made by an older version and cannot be taken along; `make clean` removes them")


if __name__ == "__main__":
    main()
