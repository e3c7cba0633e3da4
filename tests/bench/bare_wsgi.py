"""The bare Django that the product is measured against: its templates, and nothing around the view."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fiksreg.settings")
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "tests.bench.bare"
settings.TEMPLATES[0]["OPTIONS"]["context_processors"] = []

application = get_wsgi_application()
