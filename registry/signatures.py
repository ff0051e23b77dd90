"""What a file is, by its first bytes and not by its name. Pure.

Zip containers (OFD, Word) are opened only as far as their list of entries, under limits on number and
size, so that a small file cannot unpack into a large one.
"""

import unicodedata
import zipfile
from typing import IO

HEADS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "application/msword",
}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFD = "application/ofd"
SUFFIX = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/msword": ".doc",
    DOCX: ".docx",
    OFD: ".ofd",
}
ENTRIES, UNPACKED, RATIO = 1000, 200 * 1024 * 1024, 100


def recognise(file: IO[bytes]) -> str | None:
    """The content type of an acceptable file, None for anything else; the file is left at its start."""
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:4] == b"PK\x03\x04":
        return _container(file)
    return next((kind for start, kind in HEADS.items() if head.startswith(start)), None)


def _container(file: IO[bytes]) -> str | None:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    finally:
        file.seek(0)
    if len(entries) > ENTRIES or not _fits(entries):
        return None
    names = {entry.filename for entry in entries}
    if "OFD.xml" in names:
        return OFD
    return DOCX if "word/document.xml" in names else None


def _fits(entries: list[zipfile.ZipInfo]) -> bool:
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    return total <= UNPACKED and total / packed <= RATIO


def honest_name(name: str, content_type: str) -> str:
    """A safe name that ends as its content does: what is a picture is never handed out as a program."""
    shown, suffix = shown_name(name), SUFFIX[content_type]
    known = (suffix, ".jpeg") if suffix == ".jpg" else (suffix,)
    return shown if shown.lower().endswith(known) else f"{shown}{suffix}"


def shown_name(name: str) -> str:
    """A file name that is safe to show: no path, no control or direction characters, at most 100 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if unicodedata.category(char)[0] != "C")[-100:]
