"""Electronic certificates as a port: where a platform's catalogue learns of papers issued and cancelled.

One implementation works: a folder that the platform fetches, with the catalogue record (its fields are data, in the
mapping file), the PDF, and a detached signature over the record, which names the SHA-256 of the PDF. No seal is drawn
and nothing is said to conform to GB/T 36902 to 36905: their texts were not read.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from jwcrypto import jwk, jws

from registry import documents, links
from registry.exchange import cursors, platforms
from registry.exchange.rendering import dump, filled
from registry.models import Certificate

ISSUED, CANCELLED = "cn.shzz.certificate.issued", "cn.shzz.certificate.cancelled"
MOST = 50  # papers drawn in one run


class Catalogue(Protocol):
    """Where certificates are told. Both may come twice for one paper: the second changes nothing."""

    def issue(self, certificate: Certificate) -> None:
        """A paper was issued."""

    def cancel(self, certificate: Certificate) -> None:
        """A paper is no longer valid."""


class Folder:
    """Papers in a folder: `<token>.pdf`, `<token>.json` (the record), `<token>.jws` (its detached signature)."""

    def __init__(self, folder: str, platform: str, key: str) -> None:
        self.folder, self.fields = Path(folder), platforms.mapping(platform).certificate
        self.key = jwk.JWK.from_pem(Path(key).read_bytes())

    def issue(self, certificate: Certificate) -> None:
        """As `Catalogue`. A record that says the paper is cancelled is never put back."""
        if not self._path(certificate, "jws").exists():
            self._write(certificate)

    def cancel(self, certificate: Certificate) -> None:
        """As `Catalogue`: the record is written anew, the paper is drawn as no longer valid."""
        self._write(certificate)

    def _write(self, certificate: Certificate) -> None:
        url = links.public(certificate.get_absolute_url())
        paper = self._path(certificate, "pdf")
        content = documents.certificate(certificate, url=url)
        facts = facts_of(certificate, url=url, file=paper.name, digest=hashlib.sha256(content).hexdigest())
        record = dump(filled(self.fields, facts, where="电子证照"))
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path, told in (
            (paper, content),
            (self._path(certificate, "json"), record),
            (self._path(certificate, "jws"), detached(record, self.key)),
        ):
            _replace(path, told)

    def _path(self, certificate: Certificate, ending: str) -> Path:
        return self.folder / f"{certificate.token}.{ending}"


def facts_of(certificate: Certificate, *, url: str, file: str, digest: str) -> dict[str, Any]:
    """What a catalogue record may be filled from (`registry.exchange.sources.CERTIFICATE_SOURCES`)."""
    cancelled = certificate.cancelled_on is not None
    return {
        "identifier": certificate.token,
        "type": certificate.kind,
        "name": certificate.get_kind_display(),
        "number": certificate.number,
        "holder": certificate.name,
        "credit_code": certificate.details.get("credit_code", ""),
        "issuer": certificate.issuer,
        "issued_on": certificate.issued_on,
        "valid_until": certificate.details.get("valid_until", ""),
        "status": "cancelled" if cancelled else "valid",
        "cancelled_on": certificate.cancelled_on,
        "cancel_reason": certificate.cancel_reason,
        "file": file,
        "file_sha256": digest,
        "verify_url": url,
    }


def detached(content: bytes, key: jwk.JWK) -> bytes:
    """A JWS over some bytes without the bytes (RFC 7515, appendix F): ES256 for EC keys, RS256 for RSA."""
    signature = jws.JWS(content)
    kind = {"EC": "ES256", "RSA": "RS256"}[key["kty"]]
    signature.add_signature(key, None, json.dumps({"alg": kind, "kid": key.thumbprint()}))
    header, _, mac = signature.serialize(compact=True).split(".")
    return f"{header}..{mac}".encode()


def port() -> Catalogue | None:
    """The catalogue that is switched on; None where none is."""
    if not settings.ECERTIFICATE_FOLDER:
        return None
    made = import_string(settings.ECERTIFICATE_PORT)
    return made(settings.ECERTIFICATE_FOLDER, settings.ECERTIFICATE_PLATFORM, settings.ECERTIFICATE_KEY)


def follow() -> int:
    """Tell the catalogue of every paper issued or cancelled since; how many. A fault stops it where it is."""
    catalogue, done = port(), 0
    if catalogue is None:
        return 0
    with cursors.reading("ecertificate") as found:
        for at, event in enumerate(found.events if found else []):
            if event.type not in (ISSUED, CANCELLED):
                continue
            if done == MOST:
                found.events = found.events[:at]  # the rest at the next run
                break
            paper = Certificate.objects.get(number=event.data["number"])
            (catalogue.issue if event.type == ISSUED and not paper.cancelled_on else catalogue.cancel)(paper)
            done += 1
    return done


def _replace(path: Path, content: bytes) -> None:
    """A file is there whole or not at all."""
    fresh = path.with_suffix(f"{path.suffix}.part")
    fresh.write_bytes(content)
    os.replace(fresh, path)
