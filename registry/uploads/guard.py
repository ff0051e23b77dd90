"""The gate every file from outside passes: what it is, what it is called, what it holds.

Size, first bytes and name, then the inside: containers under limits, pictures written anew, no password, no macro.
"""

import io
import logging
import re
import zipfile
from dataclasses import dataclass
from typing import IO

from django.core.files.uploadedfile import UploadedFile

from portal.errors import Refusal
from registry.uploads import containers, naming, pictures, signatures

log = logging.getLogger(__name__)
LARGEST = 20 * 1024 * 1024
KINDS = "可以上传图片、PDF、OFD 或 Word 文档"
LOCKED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
HEIC_WORDS = "是苹果手机的 HEIC 照片。在手机“设置—相机—格式”里改选“兼容性最佳”重新拍，或者截图后上传"


@dataclass(frozen=True)
class Admitted:
    """A file that may be kept: its content as it is kept, what it is, and the name it is shown under."""

    content: IO[bytes]
    content_type: str
    name: str
    size: int


def admit(upload: UploadedFile, *, label: str, field: str) -> Admitted:
    """The file as it may be kept; `Refusal` that names paper and file otherwise.

    `label` is what the paper is called, `field` the form field it came in.
    """
    name = naming.shown_name(upload.name or "")

    def refuse(code: str, why: str) -> Refusal:
        return Refusal(f"“{label}”（{name or '没有文件名'}）{why}", code=code, field=field)

    if upload.size > LARGEST:
        raise refuse("too_large", "超过 20 MB，压缩后再上传")
    if not upload.size:
        raise refuse("empty_file", "是空文件，重新选择")
    kind = _kind(upload, refuse)
    if not naming.agrees(name, kind):
        ending, words = naming.ending(name), signatures.WORDS[kind]
        raise refuse("wrong_ending", f"的名字以 .{ending} 结尾，内容却是{words}。核对是不是选错了文件")
    content, size = _content(upload, kind, refuse)
    return Admitted(content, kind, naming.honest_name(name, kind), size)


def _kind(upload: UploadedFile, refuse) -> str:
    kind = signatures.recognise(upload)
    if kind == signatures.ZIP:
        try:
            kind = containers.kind_of(upload)
        except containers.Unwelcome as why:
            raise refuse("bad_container", str(why)) from why
    if kind == signatures.HEIC:
        raise refuse("heic", HEIC_WORDS)
    if kind is None:
        raise refuse("bad_file", f"不是可用的文件，{KINDS}")
    return kind


def _content(upload: UploadedFile, kind: str, refuse) -> tuple[IO[bytes], int]:
    """What is kept of the file, and its size in bytes."""
    if kind in signatures.PICTURES:
        kept = _picture(upload, kind, refuse)
        return io.BytesIO(kept), len(kept)
    if kind == "application/pdf":
        _document(upload, refuse)
    if kind == "application/msword":
        _old_word(upload, refuse)
    upload.seek(0)
    return upload, upload.size


def _picture(upload: UploadedFile, kind: str, refuse) -> bytes:
    try:
        return pictures.rewritten(upload, kind)
    except pictures.TooLarge as fault:
        raise refuse("too_many_pixels", "超过 6000 万像素，把照片缩小后再上传") from fault
    except pictures.Broken as fault:
        log.info("a picture could not be opened: %r", fault.__cause__)
        raise refuse("broken_picture", "不是完整的图片，重新拍摄或重新选择") from fault


def _document(upload: UploadedFile, refuse) -> None:
    upload.seek(0)
    if zipfile.is_zipfile(upload):
        raise refuse("two_files", "里还藏着一个压缩包，重新导出一份再上传")
    upload.seek(0)
    if LOCKED.search(upload.read()):
        raise refuse("encrypted", "已加密，取消密码后再上传")


def _old_word(upload: UploadedFile, refuse) -> None:
    upload.seek(0)
    try:
        containers.old_word(upload.read())
    except containers.Unwelcome as why:
        raise refuse("bad_document", str(why)) from why
