"""The address of the client that sent a request, as far as it can be known.

Anybody can write into X-Forwarded-For. We read it from the end that we see ourselves, hop by hop, as long as each hop
is a proxy in FIKSREG_TRUSTED_PROXIES. When that setting is empty, the header is not read.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from roles.keyring import keyed_hash

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

#: Bits by IP version: so much of an address names an office or provider, but no machine or home.
_KEPT_IN_LOG: Final = {4: 24, 6: 48}
#: Bits by IP version: the network of one customer. Using several of its addresses does not count as several senders.
_ONE_CUSTOMER: Final = {4: 32, 6: 64}
_MOST_HOPS: Final = 20


def client_address(request: HttpRequest) -> Address | None:
    """The nearest address that is not one of our proxies; None when it is not known."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-_MOST_HOPS:]
    known: Address | None = None
    for hop in (request.META.get("REMOTE_ADDR", ""), *reversed(forwarded)):
        address = _parse_address(hop)
        if address is not None:
            known = address
        # A socket of this machine has no address, and only a proxy of ours can reach it.
        is_socket = address is None and not hop and known is None
        if not settings.FIKSREG_TRUSTED_PROXIES or not (is_socket or _is_trusted(address)):
            break
    return known


def client_network(request: HttpRequest) -> str:
    """The client's network (/24 or /48) for the audit log; "" when it is not known.

    The log is kept for years, and a whole address is personal data about the employee, often of their home. The network
    is enough for oversight: from inside, from elsewhere, from abroad, from the same place as last time. The proxy's own
    log has the whole address with the request's id, for as long as it is kept.
    """
    address = client_address(request)
    return str(_network(address, _KEPT_IN_LOG)) if address else ""


def sender_key(request: HttpRequest) -> str:
    """The key under which requests of one sender are counted: a keyed hash, from which no address can be read."""
    address = client_address(request)
    return keyed_hash("client-address", None, str(_network(address, _ONE_CUSTOMER)) if address else "unknown")


def _network(address: Address, bits: dict[int, int]) -> Network:
    return ip_network((address, bits[address.version]), strict=False)


def _is_trusted(address: Address | None) -> bool:
    networks: list[Network] = settings.FIKSREG_TRUSTED_PROXIES
    return address is not None and any(address in network for network in networks)


def _parse_address(hop: str) -> Address | None:
    """The address in a hop, without the port that some proxies append; None when it is no address."""
    text = hop.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
