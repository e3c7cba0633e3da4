"""manage.py load_catalogue: service areas and legal bases from the data files into the tables, any number of times."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from roles.actors import Actor
from roles.catalogue.datafiles import CatalogueError, read_catalogue
from roles.catalogue.loading import load

_LOADER = Actor(kind="system", id="load_catalogue", label="load_catalogue")


class Command(BaseCommand):
    help = "Loads service areas and legal bases from roles/catalogue. Loading twice changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            loaded = load(read_catalogue(), by=_LOADER)
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Catalogue loaded: {len(loaded.changed)} changed")
        for loss in loaded.losses:
            lost, opened_by = ", ".join(loss.elements), "; ".join(loss.bases)
            self.stdout.write(f"{loss.role.organisation}: the role {loss.role.name} loses {lost} (was: {opened_by})")
