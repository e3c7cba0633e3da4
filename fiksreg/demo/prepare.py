"""`python -m fiksreg.demo.prepare`: tables, catalogue and demo data, each only as far as it is missing."""

import django
from django.core.management import call_command


def main() -> None:
    """One process for all of it: starting Django three times would take longer than the work."""
    django.setup()
    call_command("migrate", database="owner", verbosity=0)
    call_command("load_catalogue")
    call_command("load_demo")


if __name__ == "__main__":
    main()
