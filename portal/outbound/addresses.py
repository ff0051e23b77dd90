"""Where a request may go: what an address may look like, and which addresses of the net are meant. Pure.

Only global unicast addresses are allowed. Those of our own network that are meant stand in
`settings.OUTBOUND_ALLOWED`: a host name, a network (CIDR) or an address, each with `:port` (IPv6 in brackets) where it
is another port than 443.
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LONGEST = 2000
SHAPE = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[^\]/?#@]*\]|[^\[\]:/?#@]*)(?::(?P<port>\d{1,5}))?(?P<path>[/?].*)?"
)
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
UNSAFE = re.compile(r"[\x00-\x20\x7f\\#@]")
PORTS = {"https": 443, "http": 80}
# Not refused by `is_global`, and yet no place for us: relays, translators and tunnels to other addresses, the address
# under which clouds tell secrets, documentation.
NEVER = [
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
]
UNICAST = ipaddress.ip_network("2000::/3")


class Forbidden(Exception):
    """This address is not one we send to; the words say why, in Chinese, without naming what stands behind it."""


@dataclass(frozen=True)
class Target:
    """An address taken apart: `host` is lower-case ASCII or the address itself, `path` with its question."""

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None = None

    @property
    def named(self) -> str:
        """The Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True)
class Allowed:
    """What the settings allow besides the public net."""

    hosts: frozenset[tuple[str, int | None]]
    networks: tuple[tuple[Network, int | None], ...]

    def host(self, target: Target) -> bool:
        """Whether the name itself is allowed, on this port."""
        usual = PORTS[target.scheme]
        return any(name == target.host and target.port == (port or usual) for name, port in self.hosts)

    def holds(self, address: Address, target: Target) -> bool:
        """Whether the address stands in an allowed network. Named without a port, a network is allowed on each."""
        return any(address in net and port in (None, target.port) for net, port in self.networks)


def allowed(texts: Iterable[str]) -> Allowed:
    """The settings read; `ValueError` for an entry that is neither host nor network."""
    hosts, networks = set(), []
    for text in texts:
        found = re.fullmatch(r"(\[[^\]]+\]|[^:\[\]]+|[^\[\]]*:[^\[\]]*:[^\[\]]*)(?::(\d{1,5}))?", text.strip())
        if not found:
            raise ValueError(text)
        name, port = found[1].strip("[]").lower(), int(found[2]) if found[2] else None
        try:
            networks.append((ipaddress.ip_network(name), port))
        except ValueError:
            hosts.add((_name(name), port))
    return Allowed(frozenset(hosts), tuple(networks))


def read(url: str) -> Target:
    """An address taken apart strictly; `Forbidden` for every spelling that two readers could read differently."""
    found = SHAPE.fullmatch(url) if len(url) <= LONGEST and not UNSAFE.search(url) else None
    if not found:
        raise Forbidden("地址不合格：要写成 https://主机/路径，不带账号、空白、反斜杠和 #")
    path = found["path"] or "/"
    if not path.isascii():
        raise Forbidden("路径里的中文要先编码")
    port = int(found["port"]) if found["port"] else PORTS[found["scheme"]]
    if not 0 < port < 65536:
        raise Forbidden("端口不对")
    host, address = _host(found["host"])
    return Target(found["scheme"], host, port, path if path[0] == "/" else f"/{path}", address)


def _host(text: str) -> tuple[str, Address | None]:
    if text.startswith("["):
        try:
            address = ipaddress.IPv6Address(text[1:-1])
        except ValueError as fault:
            raise Forbidden("IPv6 地址不对") from fault
        if address.scope_id:
            raise Forbidden("IPv6 地址不能带区域标识")
        return str(address), address
    try:
        address = ipaddress.IPv4Address(text)
    except ValueError:
        return _name(text), None
    return str(address), address


def _name(text: str) -> str:
    """A host name in ASCII, without the dot of the root; a number in any spelling is no name."""
    text = text.lower().removesuffix(".")
    try:
        name = text if text.isascii() else text.encode("idna").decode()
        good = text.isascii() or name.encode().decode("idna") == text
    except UnicodeError:
        good = False
    labels = name.split(".") if good else []
    if not labels or len(name) > 253 or not all(map(LABEL.fullmatch, labels)) or NUMBER.fullmatch(labels[-1]):
        raise Forbidden("主机名不对：写完整的域名，或者通常写法的 IP 地址")
    return name


def public(address: Address) -> bool:
    """Whether an address is global unicast and leads nowhere else: no tunnel, no translator, no mapped address."""
    if any(address in net for net in NEVER) or address.is_multicast or not address.is_global:
        return False
    return address.version == 4 or address in UNICAST


def require(target: Target, addresses: Iterable[Address], meant: Allowed) -> None:
    """`Forbidden` unless every address of a target may be spoken to, in this scheme and on this port.

    A name the settings allow may stand for an address of our own network, yet never for one of the link or of many.
    """
    named = meant.host(target)
    for address in addresses:
        ours = meant.holds(address, target) or (named and not _nobody(address))
        if not ours and not public(address):
            raise Forbidden("地址不在允许范围：只向公网地址发送，内部地址要由管理员列入 OUTBOUND_ALLOWED")
        if not ours and (target.scheme != "https" or target.port != 443):
            raise Forbidden("只能用 https 和 443 端口，其他的要由管理员列入 OUTBOUND_ALLOWED")


def _nobody(address: Address) -> bool:
    mapped = getattr(address, "ipv4_mapped", None) or address
    return mapped.is_link_local or mapped.is_multicast or mapped.is_unspecified or mapped.is_reserved


def require_plausible(url: str, meant: Allowed) -> Target:
    """What can be said of an address without looking its name up; for forms. `Forbidden` where it can never be sent to.

    A name of a single label ("localhost", "redis") belongs to our own network.
    """
    target = read(url)
    if target.address:
        require(target, [target.address], meant)
        return target
    if meant.host(target):
        return target
    local = "." not in target.host or target.host.rpartition(".")[2] in ("localhost", "local", "internal", "arpa")
    if local:
        raise Forbidden("地址不在允许范围：只向公网地址发送，内部地址要由管理员列入 OUTBOUND_ALLOWED")
    # The port and plain http may still be meant for the network in which the name will turn out to stand.
    if (target.scheme != "https" or target.port != 443) and not meant.networks:
        raise Forbidden("只能用 https 和 443 端口，其他的要由管理员列入 OUTBOUND_ALLOWED")
    return target
