"""The web process: `gunicorn fiksreg.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from roles.audit.checks import assert_append_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fiksreg.settings")

application = get_wsgi_application()
assert_append_only()
