"""What a file is, by its content: a small corpus of what people and attackers upload."""

import io
import zipfile

import pytest

from registry import signatures
from tests.builders import PNG


def archive(entries, *, compression=zipfile.ZIP_DEFLATED):
    """A zip container with these names and contents."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as found:
        for name, content in entries.items():
            found.writestr(name, content)
    return made.getvalue()


DOCX = archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"})
OFD = archive({"OFD.xml": "<ofd:OFD/>", "Doc_0/Document.xml": "<ofd:Document/>"})
GOOD = {
    "a PDF": (b"%PDF-1.7\n...", "application/pdf"),
    "a JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    "a PNG": (PNG, "image/png"),
    "a WebP": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "application/msword"),
    "a Word file": (DOCX, signatures.DOCX),
    "an OFD": (OFD, signatures.OFD),
}
HOSTILE = {
    "nothing": b"",
    "one byte": b"%",
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a program": b"MZ\x90\x00" + bytes(60),
    "a shortcut": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60),
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "text": "章程".encode(),
    "a sound named RIFF": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "a zip of anything": archive({"readme.txt": "x"}),
    "a workbook": archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
    "a Java program": archive({"META-INF/MANIFEST.MF": "x"}),
    "a torn zip": DOCX[: len(DOCX) // 2],
    "only a zip's first bytes": b"PK\x03\x04",
    "a zip bomb in Word's clothes": archive({"word/document.xml": bytes(40_000_000)}),
    "ten thousand entries": archive({"word/document.xml": "x"} | {f"{n}": "" for n in range(1001)}),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_accepted_is_known_by_its_content(name):
    content, kind = GOOD[name]
    file = io.BytesIO(content)
    assert signatures.recognise(file) == kind
    assert file.tell() == 0
    assert kind in signatures.SUFFIX


@pytest.mark.parametrize("name", HOSTILE)
def test_everything_else_is_refused(name):
    file = io.BytesIO(HOSTILE[name])
    assert signatures.recognise(file) is None
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("章程.pdf", "章程.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\文件\\章程.pdf", "章程.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("章程\u202efdp.exe", "章程fdp.exe"),
        (" 章 程 .pdf", " 章 程 .pdf"),
        ("名" * 300 + ".pdf", "名" * 96 + ".pdf"),
        ("𠮷.png", "𠮷.png"),
        ("", ""),
    ],
)
def test_a_name_is_shown_without_path_and_without_tricks(given, shown):
    assert signatures.shown_name(given) == shown
