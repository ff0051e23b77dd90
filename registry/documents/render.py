"""Setting a paper. One compiler a thread: it is quick when kept and not safe to share."""

import datetime as dt
import json
import threading
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.utils import timezone

from portal.errors import Refusal
from registry.casework import clockface
from registry.models import Case, Certificate

SHEETS = Path(__file__).parent
STANDARD = "a-2b"  # an archive profile; a character no font has is an error instead of an empty box
_local = threading.local()


def _compiler(sheet: str) -> typst.Compiler:
    kept = _local.__dict__.setdefault("compilers", {})
    if sheet not in kept:
        kept[sheet] = typst.Compiler(str(SHEETS / sheet), font_paths=[str(settings.FONT_DIR)], ignore_system_fonts=True)
    return kept[sheet]


def _set(sheet: str, data: dict) -> bytes:
    try:
        return _compiler(sheet).compile(
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf", pdf_standards=[STANDARD]
        )
    except typst.TypstError as fault:
        if "text" in str(fault) and ("displayed" in str(fault) or "glyph" in str(fault)):
            raise Refusal("名称或内容中有字库里没有的字，暂时不能生成，请联系管理员", code="glyph_missing") from fault
        raise


def qr(url: str) -> str:
    """An SVG drawing of a QR code."""
    return segno.make(url, error="m").svg_inline(scale=4, border=2)


def certificate(found: Certificate, *, url: str) -> bytes:
    """The certificate on one A4 page; `url` is the verification page in its QR code."""
    return _set(
        "certificate.typ",
        {
            "title": found.get_kind_display(),
            "number": found.number,
            "name": found.name,
            "issuer": found.issuer,
            "issued": day(found.issued_on),
            "qr": qr(url),
            "details": found.details,
            "valid": found.cancelled_on is None,
            "day": _triple(found.issued_on),
            "registered": found.kind == Certificate.Kind.REGISTRATION,
        },
    )


def receipt(case: Case, *, url: str, papers: list[str]) -> bytes:
    """The receipt of an application on one A4 page."""
    at = timezone.localtime(case.submitted_at)
    return _set(
        "receipt.typ",
        {
            "number": case.number,
            "code": case.query_code,
            "name": case.name,
            "road": case.matter,
            "place": case.place.lineage_names(),
            "at": f"{day(at.date())} {at:%H:%M}",
            "by": case.opened_by.name,
            "promised": day(case.promised_on),
            "limits": [[face.label, face.sentence] for face in clockface.limits(case, timezone.localdate())],
            "papers": papers,
            "qr": qr(url),
            "day": _triple(at.date()),
        },
    )


def letter(data: dict) -> bytes:
    """A letter of a case; `registry.documents.letters` says what stands in it."""
    return _set("letter.typ", data)


def sheet(path: Path, data: dict) -> bytes:
    """A paper of another floor: `path` is its own Typst file, which reads `data`."""
    return _set(str(path), data)


def _triple(day: dt.date) -> list[int]:
    return [day.year, day.month, day.day]


def day(day: dt.date | None) -> str:
    """2024年3月5日; nothing for no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
