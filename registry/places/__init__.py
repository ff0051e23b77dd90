"""Places: reading the published files, comparing them with what stands, changing places with a date."""

import unicodedata

from portal.errors import Refusal
from registry import codes
from registry.models import Jurisdiction


def read_code(text: str) -> str:
    """The 12 digits of a code typed by a person: full-width digits and blanks folded; `Refusal` if malformed."""
    try:
        return codes.normalise(unicodedata.normalize("NFKC", str(text)))
    except ValueError as error:
        raise Refusal("区划代码应为 2、4、6、9 或 12 位数字", code="malformed_place_code", field="code") from error


def find(code: str) -> Jurisdiction:
    """The place with a code of 2, 4, 6, 9 or 12 digits; `Refusal` for a malformed or unknown code."""
    digits = read_code(code)
    place = Jurisdiction.objects.filter(code=digits).first()
    if place is None:
        raise Refusal(f"没有区划代码为 {digits} 的地点", code="unknown_place", field="code")
    return place
