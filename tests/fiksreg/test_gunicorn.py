"""The settings of the web server fit those of the proxy in docs/operations.md."""

import re

from fiksreg import gunicorn
from fiksreg.demo.procfile import ROOT


def test_an_idle_connection_is_kept_longer_than_the_proxy_of_the_guide_keeps_it() -> None:
    guide = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    (by_the_proxy,) = re.findall(r"keepalive_timeout (\d+)s", guide)
    (told,) = re.findall(r"Web keeps a connection that nobody uses for (\d+) seconds", guide)
    assert gunicorn.keepalive == int(told) > int(by_the_proxy)
