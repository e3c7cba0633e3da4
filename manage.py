#!/usr/bin/env python
"""Django's command line. Beside a running demo it talks to that demo, unless the environment says what to run on."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from fiksreg.demo import running

if __name__ == "__main__":
    running.adopt(os.environ, Path(__file__).parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fiksreg.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as wrong:
        sys.exit(f"fiksreg: {wrong} {running.hint(os.environ)}".rstrip())
