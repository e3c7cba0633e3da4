"""Where there is no browser, the tests say which package is missing instead of passing without it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fiksreg.demo.procfile import ROOT
from tests.browser import chromium
from tests.browser.chromium import NoBrowser


@pytest.fixture
def empty_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_a_missing_browser_is_named_by_its_package(empty_path: Path) -> None:
    with pytest.raises(NoBrowser, match="apt install chromium"):
        chromium.executable()


def test_the_command_fails_in_one_line_where_it_cannot_install(empty_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "tests.browser.chromium"],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode != 0
    assert asked.stderr == "fiksreg: The browser tests need Chromium: apt install chromium\n"


def test_root_installs_it_with_apt(empty_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    apt, browser = empty_path / "apt-get", empty_path / "chromium"
    apt.write_text(f'#!/bin/sh\n[ "$1" = update ] || /bin/cp "$0" {browser}\n')
    apt.chmod(0o755)
    chromium.ensure()
    assert chromium.executable() == str(browser)
