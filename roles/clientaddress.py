"""Where a request comes from, as far as it can be known.

X-Forwarded-For is what anybody writes into it. It is believed hop by hop, from the side we see ourselves, as long as
each hop is a proxy named in FIKSREG_TRUSTED_PROXIES; where none is named it is not read at all.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from roles.keyring import keyed_hash

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

#: By version: so much of an address says which office or provider, and not which machine or home.
_KEPT_IN_LOG: Final = {4: 24, 6: 48}
#: By version: what one customer is given, so that nobody counts as many by choosing among their own addresses.
_ONE_CUSTOMER: Final = {4: 32, 6: 64}
_MOST_HOPS: Final = 20


def client_address(request: HttpRequest) -> Address | None:
    """The nearest address that is no proxy of ours; None where it is not known."""
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
    """What the log keeps of the address: the network of it (/24 and /48), "" where it is not known.

    The log is kept for years, and an address is personal data about the employee, often their home. The network answers
    what oversight asks: from inside, from elsewhere, from abroad, from the same place as last time. The whole address
    stands with the request's id in the proxy's own log, for as long as that is kept.
    """
    address = client_address(request)
    return str(_network(address, _KEPT_IN_LOG)) if address else ""


def counted_as(request: HttpRequest) -> str:
    """By what requests of one sender are counted together: never the address itself, nothing of it can be read back."""
    address = client_address(request)
    return keyed_hash("client-address", None, str(_network(address, _ONE_CUSTOMER)) if address else "unknown")


def _network(address: Address, bits: dict[int, int]) -> Network:
    return ip_network((address, bits[address.version]), strict=False)


def _is_trusted(address: Address | None) -> bool:
    networks: list[Network] = settings.FIKSREG_TRUSTED_PROXIES
    return address is not None and any(address in network for network in networks)


def _parse_address(hop: str) -> Address | None:
    """An address, also with the port that some proxies write behind it."""
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
