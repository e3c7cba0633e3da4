"""The web process: `gunicorn fiksreg.wsgi:application`."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fiksreg.settings")

_django = get_wsgi_application()
# Imported only now that the applications are loaded. gunicorn runs none of Django's system checks.
import_module("fiksreg.checks").assert_every_view_declares_its_permission()
_check = import_module("fiksreg.entrance.start").StartCheck()
_check.passes()
application = import_module("fiksreg.entrance.door").Door(_django, _check.passes)
