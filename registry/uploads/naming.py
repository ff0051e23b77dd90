"""The names of files: made safe to show, and held against what the content is. Pure."""

import re
import unicodedata

from registry.uploads.signatures import PICTURES, SUFFIX

ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})\s*$")  # 第1.2版 and 名单.张三 end in no ending
SPELLINGS = {
    "jpeg": "image/jpeg",
    "jpe": "image/jpeg",
    "jfif": "image/jpeg",
} | {suffix[1:]: kind for kind, suffix in SUFFIX.items()}


def shown_name(name: str) -> str:
    """A file name that is safe to show: no path, no control or direction characters, at most 100 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if unicodedata.category(char)[0] != "C")[-100:]


def ending(name: str) -> str:
    """What a name ends in, in small letters without the dot; "" for none."""
    found = ENDING.search(shown_name(name))
    return found[1].lower() if found else ""


def agrees(name: str, content_type: str) -> bool:
    """Whether a name may belong to such a content. No ending belongs to anything; pictures pass for each other.

    Phones keep pictures under the ending of another kind of picture; they are re-encoded and renamed anyway.
    """
    said = ending(name)
    if not said:
        return True
    kind = SPELLINGS.get(said)
    return kind == content_type or (kind in PICTURES and content_type in PICTURES)


def honest_name(name: str, content_type: str) -> str:
    """A safe name that ends as its content does: what is a picture is never handed out as a program."""
    shown, suffix = shown_name(name), SUFFIX[content_type]
    if SPELLINGS.get(ending(shown)) == content_type:
        return shown
    stem = ENDING.sub("", shown) if agrees(shown, content_type) else shown
    return f"{stem.strip() or '文件'}{suffix}"
