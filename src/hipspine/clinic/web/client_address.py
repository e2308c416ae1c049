"""The network address of who asks: for lockouts and for limits, never for a log."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

#: An IPv6 customer has a whole network of this size: one visitor.
IPV6_NETWORK = 64


def client_address(request: HttpRequest) -> str:
    """As the server sees it; behind our proxy the address the proxy wrote last.

    What stands further left in that header anyone may have written. "" where nothing is known.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
    direct = request.META.get("REMOTE_ADDR", "")
    candidates = (forwarded, direct) if settings.BEHIND_PROXY else (direct,)
    return next((address for address in candidates if _is_address(address)), "")


def network_of(request: HttpRequest, ipv6_network: int = IPV6_NETWORK) -> str:
    """The address as far as it tells one visitor from another; "" where nothing is known."""
    address = client_address(request)
    if not address:
        return ""
    parsed = ipaddress.ip_address(address)
    mapped = getattr(parsed, "ipv4_mapped", None)
    if mapped:
        return str(mapped)
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, ipv6_network), strict=False))
    return address


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
