"""Files people and attackers upload, made on the spot: (name, content) each."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from tests.builders import PNG

TYPES = "<Types/>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def archive(entries: dict, *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip container with these names and contents."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as found:
        for name, content in entries.items():
            found.writestr(name, content)
    return made.getvalue()


def word(**more) -> bytes:
    """A Word file with these entries besides its own; `__` in a name stands for a slash, `_` for a dot."""
    extra = {name.replace("__", "/").replace("_", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": "<w:document/>"} | extra)


def with_entry(name: str, *, mode: int = 0o100644, content: str = "x") -> bytes:
    """A Word file with one entry of any name and Unix mode."""
    made = io.BytesIO(word())
    with zipfile.ZipFile(made, "a") as found:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        found.writestr(info, content)
    return made.getvalue()


def lying() -> bytes:
    """A Word file whose directory says 10 bytes of an entry that unpacks to 5 MB."""
    content = bytearray(archive({"[Content_Types].xml": TYPES, "word/document.xml": bytes(range(256)) * 20_000}))
    real = struct.pack("<I", 256 * 20_000)
    at = content.rfind(real)  # the directory's copy
    content[at : at + 4] = struct.pack("<I", 10)
    return bytes(content)


def locked() -> bytes:
    """A Word file whose entries say that they are encrypted."""
    content = bytearray(word())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def picture(form: str = "JPEG", *, size: tuple[int, int] = (64, 48), **saved) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(made, form, **saved)
    return made.getvalue()


def two_in_one() -> bytes:
    """A photo of a phone with two lenses: two pictures in one JPEG."""
    made, second = io.BytesIO(), Image.new("RGB", (64, 48), (1, 2, 3))
    Image.new("RGB", (64, 48)).save(made, "MPO", save_all=True, append_images=[second])
    return made.getvalue()


def with_place() -> bytes:
    """A photo lying on its side that says where it was taken, by whom and with what."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "PhoneMaker", "Liu Guilan", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 7.0, 30.0), 3: "E", 4: (117.0, 12.0, 0.0)})
    return picture(exif=exif, comment=b"home of Liu")


def header_of(width: int, height: int) -> bytes:
    """A PNG that is nothing but a promise of so many pixels."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    data = b"IDAT" + zlib.compress(b"\0" * 100)
    return start + struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
LOCKED_PDF = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 5 0 R")
OFD = archive({"OFD.xml": "<ofd:OFD/>", "Doc_0/Document.xml": "<ofd:Document/>"})
DOC = OLE + bytes(500) + wide("WordDocument") + bytes(500)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>'
JPG = picture()

# what: (name, content, what the refusal says)
REFUSED = {
    "nothing": ("章程.pdf", b"", "空文件"),
    "one byte": ("章程.pdf", b"%", "不是可用的文件"),
    "21 MB": ("章程.png", PNG + bytes(21 * 1024 * 1024), "20 MB"),
    "a page named as a photo": ("章程.jpg", HTML, "不是可用的文件"),
    "a page": ("章程.html", HTML, "不是可用的文件"),
    "a drawing with a script": ("标志.svg", SVG, "不是可用的文件"),
    "a drawing named as a picture": ("标志.png", SVG, "不是可用的文件"),
    "a program": ("章程.exe", b"MZ\x90\x00" + bytes(60), "不是可用的文件"),
    "a program named as a document": ("章程.pdf", b"MZ\x90\x00" + bytes(60), "不是可用的文件"),
    "a shortcut": ("章程.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60), "不是可用的文件"),
    "a shell script": ("a.sh", b"#!/bin/sh\nrm -rf /\n", "不是可用的文件"),
    "plain text": ("章程.txt", "章程".encode(), "不是可用的文件"),
    "data as a document": ("章程.xml", b"<?xml version='1.0'?><a/>", "不是可用的文件"),
    "a sound named RIFF": ("a.webp", b"RIFF\x24\x00\x00\x00WAVEfmt ", "不是可用的文件"),
    "a GIF that is a script": ("a.gif", b"GIF89a/*" + bytes(20) + b"*/=alert(1)", "不是可用的文件"),
    "a document named as a picture": ("名单.png", PDF, "以 .png 结尾，内容却是PDF 文档"),
    "a picture named as a document": ("名单.pdf", PNG, "以 .pdf 结尾，内容却是图片"),
    "two endings, the last a program": ("章程.pdf.exe", PDF, "以 .exe 结尾"),
    "a photo named as a page": ("照片.html", JPG, "以 .html 结尾"),
    "a photo named as a shortcut": ("照片.png.lnk", PNG, "以 .lnk 结尾"),
    "a document with an archive behind it": ("章程.pdf", PDF + word(), "压缩包"),
    "an archive with a document before it": ("章程.docx", PDF + word(), "以 .docx 结尾"),
    "a document with a password": ("章程.pdf", LOCKED_PDF, "已加密，取消密码"),
    "a Word file with a password": ("章程.docx", locked(), "已加密，取消密码"),
    "an old Word file with a password": ("章程.doc", OLE + wide("EncryptedPackage"), "已加密，取消密码"),
    "an old workbook named as Word": ("名单.doc", OLE + bytes(600) + wide("Workbook"), "不是可用的文件"),
    "an old Word file with macros": ("章程.doc", DOC + wide("_VBA_PROJECT"), "宏"),
    "a Word file with macros": ("章程.docx", word(word__vbaProject_bin=b"x"), "宏"),
    "a zip of anything": ("章程.docx", archive({"readme.txt": "x"}), "不是可用的文件"),
    "a workbook": ("名单.xlsx", archive({"xl/workbook.xml": "x"}), "不是可用的文件"),
    "a Java program": ("a.docx", archive({"META-INF/MANIFEST.MF": "x"}), "不是可用的文件"),
    "a torn zip": ("章程.docx", word()[:60], "已损坏"),
    "a zip bomb": ("章程.docx", word(word__media__a_bin=bytes(40_000_000)), "解压后太大"),
    "one entry over 100 MB": ("章程.docx", word(word__a_bin=bytes(101 * 1024 * 1024)), "解压后太大"),
    "1001 entries": ("章程.docx", word(**{f"n{n}": "" for n in range(1001)}), "太多"),
    "a directory that lies": ("章程.docx", lying(), "已损坏"),
    "a way out of the folder": ("章程.docx", with_entry("../../etc/passwd"), "不安全的路径"),
    "a way to the root": ("章程.ofd", with_entry("/etc/passwd"), "不安全的路径"),
    "a Windows way out": ("章程.docx", with_entry("..\\..\\boot.ini"), "不安全的路径"),
    "a link in a zip": ("章程.docx", with_entry("word/x", mode=0o120777, content="/etc/passwd"), "不安全的路径"),
    "two entries of one name": ("章程.docx", with_entry("word/document.xml"), "已损坏"),
    "900 million pixels": ("照片.png", header_of(30_000, 30_000), "6000 万像素"),
    "70 million pixels": ("照片.png", header_of(10_000, 7_000), "6000 万像素"),
    "half a photo": ("照片.jpg", picture(size=(800, 600))[:3000], "不是完整的图片"),
    "half a picture": ("照片.png", picture("PNG", size=(800, 600))[:500], "不是完整的图片"),
    "only the head of a photo": ("照片.jpg", b"\xff\xd8\xff\xe0", "不是完整的图片"),
    "an Apple photo": ("IMG_0001.HEIC", b"\x00\x00\x00\x18ftypheic" + bytes(50), "兼容性最佳"),
}
# what: (name, content, kept as, shown as)
TAKEN = {
    "a PDF": ("章程.pdf", PDF, "application/pdf", "章程.pdf"),
    "a PDF shouting its ending": ("章程.PDF", PDF, "application/pdf", "章程.PDF"),
    "a photo": ("照片.jpg", JPG, "image/jpeg", "照片.jpg"),
    "a photo spelt out": ("照片.jpeg", JPG, "image/jpeg", "照片.jpeg"),
    "a photo of two lenses": ("照片.jpg", two_in_one(), "image/jpeg", "照片.jpg"),
    "a picture": ("照片.png", PNG, "image/png", "照片.png"),
    "a WebP": ("照片.webp", picture("WEBP"), "image/webp", "照片.webp"),
    "a picture a phone misnamed": ("mmexport.jpg", PNG, "image/png", "mmexport.png"),
    "an OFD": ("章程.ofd", OFD, "application/ofd", "章程.ofd"),
    "an old Word file": ("章程.doc", DOC, "application/msword", "章程.doc"),
    "no ending": ("章程", PNG, "image/png", "章程.png"),
    "no ending but a dot": ("第1.2版", PDF, "application/pdf", "第1.2版.pdf"),
    "a dot and a name": ("名单.张三", PDF, "application/pdf", "名单.张三.pdf"),
    "no name at all": ("", PNG, "image/png", "文件.png"),
    "a way out of the folder": ("../../etc/passwd.png", PNG, "image/png", "passwd.png"),
    "a Windows path": ("C:\\文件\\章程.pdf", PDF, "application/pdf", "章程.pdf"),
    "a null": ("a\x00b.pdf", PDF, "application/pdf", "ab.pdf"),
    "a line break": ("a\r\nSet-Cookie: x.pdf", PDF, "application/pdf", "aSet-Cookie: x.pdf"),
    "letters turned round": ("章程\u202efdp.png", PNG, "image/png", "章程fdp.png"),
    "a soft hyphen": ("章\u00ad程.pdf", PDF, "application/pdf", "章程.pdf"),
    "a leading blank": (" 章 程 .pdf", PDF, "application/pdf", " 章 程 .pdf"),
    "300 letters": ("名" * 300 + ".pdf", PDF, "application/pdf", "名" * 96 + ".pdf"),
    "a rare character": ("𠮷.png", PNG, "image/png", "𠮷.png"),
    "a photo with a script behind it": ("照片.jpg", JPG + b"<?php system($_GET[0]);", "image/jpeg", "照片.jpg"),
    "entities nobody reads": ("章程.docx", word(word__a_xml=LAUGHS), None, "章程.docx"),
    "a document that quotes the word": ("章程.pdf", PDF + b"% /EncryptMetadata", "application/pdf", "章程.pdf"),
}
