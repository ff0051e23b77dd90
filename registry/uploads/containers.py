"""Zip containers (Word, OFD) and the old Word format: what they may hold. Nothing in them is ever run or parsed.

Limits on number, size and ratio of entries keep a small file from unpacking into a large one; every entry is read
through once, so that a directory that lies about sizes is found out.
"""

import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

from registry.uploads.signatures import DOCX, OFD

ENTRIES, LARGEST, UNPACKED, RATIO = 1000, 100 * 1024 * 1024, 200 * 1024 * 1024, 100
MARKS = {"OFD.xml": OFD, "word/document.xml": DOCX}
BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError)


class Unwelcome(Exception):
    """A container that is not taken; the argument says why, for people."""


def kind_of(file: IO[bytes]) -> str | None:
    """The content type of a zip container, None when it is no document; `Unwelcome` when it may not come in."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _kind(archive)
    except BROKEN as fault:
        raise Unwelcome("文件已损坏，打不开") from fault
    finally:
        file.seek(0)


def _kind(archive: zipfile.ZipFile) -> str | None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    kind = next((kind for mark, kind in MARKS.items() if mark in names), None)
    if kind == DOCX and "[Content_Types].xml" not in names:
        return None
    if kind is None:
        return None
    _limits(entries)
    _contents(entries)
    for entry in entries:
        _read(archive, entry)
    return kind


def _limits(entries: list[zipfile.ZipInfo]) -> None:
    sizes = [entry.file_size for entry in entries]
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > ENTRIES:
        raise Unwelcome("文件里的内容太多，另存一份再上传")
    if max(sizes) > LARGEST or sum(sizes) > UNPACKED or sum(sizes) / packed > RATIO:
        raise Unwelcome("文件解压后太大，另存一份再上传")


def _contents(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unwelcome("文件已加密，取消密码后再上传")
    if len(set(names)) != len(names) or min(entry.header_offset for entry in entries) > 0:
        raise Unwelcome("文件已损坏，打不开")
    if any(_strays(entry) for entry in entries):
        raise Unwelcome("文件里有不安全的路径，另存一份再上传")
    if any("vba" in name.lower() for name in names):
        raise Unwelcome("文件里有宏，另存为不含宏的文档再上传")


def _strays(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry would be unpacked elsewhere, or points elsewhere."""
    name = PurePosixPath(entry.filename)
    outside = name.is_absolute() or ".." in name.parts or "\\" in entry.filename or ":" in entry.filename
    return outside or stat.S_ISLNK(entry.external_attr >> 16)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read an entry to its end; its checksum tells when the directory lied about the size."""
    with archive.open(entry) as part:
        while part.read(1 << 18):
            pass


def old_word(content: bytes) -> None:
    """`Unwelcome` unless the compound file is an old Word document without macros or a password."""
    streams = {name: name.encode("utf-16-le") in content for name in ("WordDocument", "EncryptedPackage", "_VBA_")}
    if streams["EncryptedPackage"]:
        raise Unwelcome("文件已加密，取消密码后再上传")
    if not streams["WordDocument"]:
        raise Unwelcome("不是可用的文件，可以上传图片、PDF、OFD 或 Word 文档")
    if streams["_VBA_"]:
        raise Unwelcome("文件里有宏，另存为不含宏的文档再上传")
