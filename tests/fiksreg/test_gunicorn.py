"""The settings of the web server fit those of the proxy in docs/operations.md."""

import re
import subprocess
import sys

from fiksreg import gunicorn
from fiksreg.demo.procfile import ROOT


def test_an_idle_connection_is_kept_longer_than_the_proxy_of_the_guide_keeps_it() -> None:
    guide = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    (by_the_proxy,) = re.findall(r"keepalive_timeout (\d+)s", guide)
    (told,) = re.findall(r"Web keeps a connection that nobody uses for (\d+) seconds", guide)
    assert gunicorn.keepalive == int(told) > int(by_the_proxy)


def test_a_worker_does_not_go_through_what_it_loaded_at_start_again_and_again() -> None:
    """In a process of its own, since the collector belongs to the whole process."""
    told = (
        "from fiksreg import gunicorn; import gc; gunicorn.post_worker_init(None);"
        "print(gc.get_freeze_count() > 1000, gc.get_threshold()[0])"
    )
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "10000"]
