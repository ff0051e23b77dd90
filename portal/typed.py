"""Text as people and programs send it, made safe to keep. Pure."""

import unicodedata

LONGEST = 5000


def plain(value: object) -> str:
    """Text without control characters and lone surrogates, cut where no form would accept it anyway."""
    text = str(value or "")[:LONGEST]
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
