"""What a place is, read from its 12-digit code and its name: kind, and urban or rural class.

The bands of the last digits are those of the statistics bureau's coding rule (统计用区划代码和城乡划分代码编制规则,
国统字〔2009〕91号), the street digits (7th to 9th) being those of GB/T 10114:

    streets      001-099 street, 100-199 town, 200-399 township, 400-599 unit like a township
    communities  001-199 residents' committee, 200-399 village committee,
                 400-497 and 499 like a residents' committee, 500-597 and 599 like a village committee,
                 498 virtual community, 598 virtual living area (no committee at all)

That residents' committee means urban and village committee rural is the project's reading (requirements §2.8);
a dated override stands in `PlaceChange`. A virtual unit has no committee, so it is neither.
"""

from registry import codes

PROVINCE, PREFECTURE, COUNTY, STREET, COMMUNITY = range(1, 6)
VIRTUAL = {498, 598}
STREET_BANDS = {"0": "street", "1": "town", "2": "township", "3": "township"}
ENDINGS = {"街道": "street", "街道办事处": "street", "镇": "town", "乡": "township", "苏木": "township"}


def kind(code: str, name: str) -> str:
    """The kind of a place (a value of `Jurisdiction.Kind`) from its 12 digits and its name."""
    level = codes.level(code)
    if level == COMMUNITY:
        return "village" if _village_number(int(code[9:])) else "community"
    if level == STREET:
        return _street_kind(code, name)
    if level == COUNTY:
        return "functional_zone" if code[4] == "7" else "county"
    return "province" if level == PROVINCE else "prefecture"


def area_class(code: str) -> str:
    """`urban` or `rural` for a community by the last three digits of its code, empty for anything else."""
    number = int(code[9:])
    if number == 0 or number in VIRTUAL or number > 599:
        return ""
    return "rural" if _village_number(number) else "urban"


def _village_number(number: int) -> bool:
    return 200 <= number <= 399 or 500 <= number <= 599


def _street_kind(code: str, name: str) -> str:
    """By the digits; units like a township (400-599) are what their name says, else a functional zone."""
    band = STREET_BANDS.get(code[6])
    if band:
        return band
    return next((kind for ending, kind in ENDINGS.items() if name.endswith(ending)), "functional_zone")
