"""The gate for files: a corpus of what people and attackers upload, and what becomes of each."""

import io
import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.errors import Refusal
from registry.uploads import guard, pictures, signatures
from tests.registry import hostile


def admit(name, content):
    """Hand a file in as the charter; browsers send names Django has not trimmed."""
    upload = SimpleUploadedFile("x", content)
    upload._name = name
    return guard.admit(upload, label="章程", field="charter")


@pytest.mark.parametrize("what", hostile.REFUSED)
def test_what_may_not_come_in_is_refused_in_words_that_name_paper_and_file(what):
    name, content, reason = hostile.REFUSED[what]
    with pytest.raises(Refusal) as no:
        admit(name, content)
    assert reason in no.value.reason
    assert "“章程”" in no.value.reason and name.rsplit("/", 1)[-1] in no.value.reason
    assert (no.value.field, no.value.status) == ("charter", 422)


@pytest.mark.parametrize("what", hostile.TAKEN)
def test_what_may_come_in_is_kept_under_an_honest_name(what):
    name, content, kind, shown = hostile.TAKEN[what]
    taken = admit(name, content)
    assert (taken.content_type, taken.name) == (kind or signatures.DOCX, shown)
    assert taken.name.lower().endswith((signatures.SUFFIX[taken.content_type], ".jpeg"))
    assert taken.size == len(taken.content.read())


def test_a_photo_is_kept_upright_and_without_what_it_tells_of_its_owner():
    before = Image.open(io.BytesIO(hostile.with_place()))
    assert before.getexif().get_ifd(0x8825) and before.size == (64, 48)
    kept = admit("照片.jpg", hostile.with_place()).content.read()
    after = Image.open(io.BytesIO(kept))
    assert after.size == (48, 64)
    assert len(after.getexif()) == 0 and not {"exif", "comment", "xmp"} & set(after.info)
    assert b"PhoneMaker" not in kept and b"Guilan" not in kept and b"home of" not in kept


def test_what_hides_behind_a_photo_does_not_come_in():
    kept = admit("照片.jpg", hostile.JPG + b"<?php system($_GET[0]);").content.read()
    assert b"<?php" not in kept


COLOURS = [("PNG", "P"), ("PNG", "RGBA"), ("PNG", "I;16"), ("JPEG", "CMYK"), ("JPEG", "L"), ("WEBP", "RGBA")]


@pytest.mark.parametrize(("form", "mode"), COLOURS)
def test_every_way_of_keeping_colours_survives(form, mode):
    made = io.BytesIO()
    Image.new(mode, (8, 8)).save(made, form)
    kept = pictures.rewritten(io.BytesIO(made.getvalue()), f"image/{form.lower()}")
    assert Image.open(io.BytesIO(kept)).size == (8, 8)


def test_a_promise_of_too_many_pixels_costs_no_memory():
    tracemalloc.start()
    with pytest.raises(Refusal):
        admit("照片.png", hostile.header_of(30_000, 30_000))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_the_same_photo_twice_is_kept_as_the_same_bytes():
    first, second = (admit(name, hostile.with_place()).content.read() for name in ("一.jpg", "二.jpg"))
    assert first == second
