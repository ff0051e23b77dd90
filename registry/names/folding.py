"""Folding: two ways of typing one name become equal. Folded text is compared and never stored as a name."""

import unicodedata

DROPPED = frozenset("Zs Zl Zp Cc Cf Ps Pe Pi Pf Pd Po".split())  # blanks, controls, brackets, quotes, dashes, points


def fold(text: str) -> str:
    """Width, case, blanks, brackets, quotes and points taken out of account: 「暖阳（渝北）」 = " 暖阳(渝北) "."""
    plain = unicodedata.normalize("NFKC", text)
    kept = (character for character in plain if unicodedata.category(character) not in DROPPED)
    return "".join(kept).casefold()


def is_han(character: str) -> bool:
    """Whether one character is of script Han: the unified ideographs with all extensions, 々 and 〇."""
    point = ord(character)
    return character in "々〇" or any(first <= point <= last for first, last in HAN)


HAN = (
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),  # unified ideographs
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0x20000, 0x2FA1F),  # extensions B to F, I, compatibility supplement
    (0x30000, 0x323AF),  # extensions G and H
)
