"""What came back of a request that left the house."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """`status` is the HTTP status, 0 where none came. `body` is at most 64 KiB, `headers` have lower-case names.

    `fault` says in Chinese what went wrong ("" when an answer came, whatever its status); `kind` says it for machines:
    forbidden (never sent), unresolved, refused (no connection), tls, timeout, broken. `seconds` is how long it took.
    """

    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    kind: str = ""
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """2xx, and nothing else: a redirect is never followed and counts as a failure."""
        return not self.kind and 200 <= self.status < 300
