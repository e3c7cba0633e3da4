"""The address of a client: X-Forwarded-For is believed only from named proxies."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from fiksreg.environment import networks
from roles.clientaddress import client_address, client_network, sender_key

PROXIES = "10.0.0.0/8,fd00::/8,192.0.2.7"


@pytest.fixture(autouse=True)
def _proxies(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXIES", PROXIES)
    settings.FIKSREG_TRUSTED_PROXIES = networks("PROXIES")


def request(peer: str, forwarded: str = "") -> HttpRequest:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)


TABLE = [
    ("198.51.100.9", "", "198.51.100.9"),
    ("198.51.100.9", "203.0.113.5", "198.51.100.9"),
    ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
    ("10.0.0.1", "1.1.1.1, 203.0.113.5", "203.0.113.5"),
    ("10.0.0.1", "1.1.1.1, 203.0.113.5, 10.9.9.9, 192.0.2.7", "203.0.113.5"),
    ("10.0.0.1", "", "10.0.0.1"),
    ("10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
    ("10.0.0.1", "unknown", "10.0.0.1"),
    ("10.0.0.1", "203.0.113.5, <script>", "10.0.0.1"),
    ("10.0.0.1", "203.0.113.5:44312", "203.0.113.5"),
    ("fd00::1", "[2001:db8:1:2::3]:443", "2001:db8:1:2::3"),
    ("fd00::1", "2001:db8:1:2::3", "2001:db8:1:2::3"),
    ("::ffff:10.0.0.1", "::ffff:203.0.113.5", "203.0.113.5"),
    ("", "203.0.113.5", "203.0.113.5"),
    ("", "", "None"),
    ("10.0.0.1", "203.0.113.5" + ", 10.0.0.2" * 5_000, "10.0.0.2"),
]


@pytest.mark.parametrize(("peer", "forwarded", "found"), TABLE)
def test_the_nearest_address_that_is_no_proxy_of_ours_is_the_clients(peer: str, forwarded: str, found: str) -> None:
    assert str(client_address(request(peer, forwarded))) == found


@pytest.mark.parametrize("peer", ["10.0.0.1", "127.0.0.1", ""])
def test_the_forwarded_address_is_ignored_where_no_proxy_is_named(settings: Settings, peer: str) -> None:
    settings.FIKSREG_TRUSTED_PROXIES = []
    assert str(client_address(request(peer, "203.0.113.5"))) == (peer or "None")


@pytest.mark.parametrize(
    ("peer", "network"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:aaaa:bbbb::1", "2001:db8:aaaa::/48"), ("", "")],
)
def test_the_log_keeps_the_network_alone(peer: str, network: str) -> None:
    assert client_network(request(peer)) == network


def test_one_sender_is_counted_as_one_by_a_key_that_reveals_no_address() -> None:
    assert sender_key(request("203.0.113.5")) != sender_key(request("203.0.113.6"))
    assert sender_key(request("2001:db8::1")) == sender_key(request("2001:db8::ffff:1"))
    assert sender_key(request("2001:db8::1")) != sender_key(request("2001:db8:0:1::1"))
    assert "203.0.113.5" not in sender_key(request("203.0.113.5"))
