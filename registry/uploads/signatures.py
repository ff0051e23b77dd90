"""What a file is, by its first bytes and not by its name. Pure."""

from typing import IO

HEADS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "application/msword",
}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFD = "application/ofd"
ZIP = "application/zip"  # a container: `containers` tells whether it is one of the above
HEIC = "image/heic"
SUFFIX = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/msword": ".doc",
    DOCX: ".docx",
    OFD: ".ofd",
}
WORDS = {
    "application/pdf": "PDF 文档",
    "image/jpeg": "照片",
    "image/png": "图片",
    "image/webp": "图片",
    "application/msword": "Word 文档",
    DOCX: "Word 文档",
    OFD: "OFD 文档",
}
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
APPLE = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"heif")


def recognise(file: IO[bytes]) -> str | None:
    """The content type the first bytes speak of, `ZIP` for any container, None for anything else.

    The file is left at its start.
    """
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in APPLE:
        return HEIC
    if head[:4] == b"PK\x03\x04":
        return ZIP
    return next((kind for start, kind in HEADS.items() if head.startswith(start)), None)
