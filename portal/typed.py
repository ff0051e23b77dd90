"""Text as people and programs send it, made safe to keep. Pure."""

import unicodedata

LONGEST = 5000
HIDDEN = {"Cc", "Cf", "Cs"}  # control, format (direction marks, zero widths), lone surrogates


def plain(value: object) -> str:
    """Text without hidden characters, cut where no form would accept it anyway."""
    text = str(value or "")[:LONGEST]
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in HIDDEN)


def narrow(value: object) -> str:
    """Digits and letters folded from full width, blanks removed. Never used on names."""
    return "".join(unicodedata.normalize("NFKC", str(value or "")).split())
