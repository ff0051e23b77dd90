"""Photographs: opened under a limit, turned upright, and written anew without anything but the picture.

Where and with what a photo was taken (EXIF, GPS) stays with the photographer (个人信息保护法 6：最小范围).
"""

import io
import struct
import threading
from typing import IO

from PIL import Image, ImageOps

PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")  # a multi-picture JPEG opens as JPEG
SAVED_AS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MODES = {"JPEG": ("RGB", "L"), "WEBP": ("RGB", "RGBA")}
QUALITY = 90
ONE_AT_A_TIME = threading.Lock()  # a large photo takes 200 MB while it is open
BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, struct.error, Image.DecompressionBombError)
Image.MAX_IMAGE_PIXELS = PIXELS


class TooLarge(Exception):
    """More pixels than are opened."""


class Broken(Exception):
    """Not a whole picture."""


def rewritten(file: IO[bytes], content_type: str) -> bytes:
    """The picture itself, upright, without what else the file carried. `TooLarge` or `Broken` otherwise."""
    file.seek(0)
    try:
        with ONE_AT_A_TIME, Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > PIXELS:
                raise TooLarge
            picture.load()
            return _saved(ImageOps.exif_transpose(picture), SAVED_AS[content_type])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise TooLarge from fault
    except BROKEN as fault:
        raise Broken from fault


def _saved(picture: Image.Image, form: str) -> bytes:
    modes = MODES.get(form, ())
    if modes and picture.mode not in modes:
        picture = picture.convert("RGBA" if form == "WEBP" and picture.has_transparency_data else "RGB")
    picture.info = {key: value for key, value in picture.info.items() if key == "transparency"}
    made = io.BytesIO()
    picture.save(made, format=form, **({"quality": QUALITY} if form in MODES else {}))
    return made.getvalue()
