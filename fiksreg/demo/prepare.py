"""`python -m fiksreg.demo.prepare`: creates tables, catalogue and demo data, as far as they are missing."""

import sys

import django
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader


def main() -> None:
    """Does everything in one process, because starting Django three times would take longer than the work."""
    django.setup()
    check_made_by_this_version()
    call_command("migrate", database="owner", verbosity=0)
    call_command("load_catalogue")
    call_command("load_demo")


def check_made_by_this_version() -> None:
    """Ends the program when the database has migrations that do not exist any more, so that no later one fits."""
    loader = MigrationLoader(connections["owner"], ignore_no_migrations=True)
    if loader.applied_migrations.keys() - loader.disk_migrations.keys():
        sys.exit("the demo's data were made by an older version and cannot be taken along; `make clean` removes them")


if __name__ == "__main__":
    main()
