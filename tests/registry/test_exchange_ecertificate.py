"""Electronic certificates as a port: record, paper and detached signature in a folder, each word told once."""

import hashlib
import json

import pytest
from jwcrypto import jwk, jws

from registry import register
from registry.exchange import ecertificate
from registry.models import Certificate, Organisation
from registry.webhooks import feed
from tests import builders


@pytest.fixture
def key(tmp_path, settings):
    """The folder switched on, with a key of its own."""
    found = jwk.JWK.generate(kty="EC", crv="P-256")
    (tmp_path / "key.pem").write_bytes(found.export_to_pem(private_key=True, password=None))
    settings.ECERTIFICATE_FOLDER, settings.ECERTIFICATE_PLATFORM = str(tmp_path / "out"), "example"
    settings.ECERTIFICATE_KEY = str(tmp_path / "key.pem")
    return found


@pytest.fixture
def paper(cast, places, packs, delegation):
    return Certificate.objects.get(case=builders.walk(builders.draft(cast.auntie, places.garden), cast))


def follow():
    feed.number()
    return ecertificate.follow()


def read(paper, tmp_path):
    """(record, its bytes, the PDF, the signature) as the platform finds them."""
    record, content, mac = (
        (tmp_path / "out" / f"{paper.token}.{ending}").read_bytes() for ending in ("json", "pdf", "jws")
    )
    return json.loads(record), record, content, mac.decode()


def test_a_paper_that_is_issued_is_told_once(paper, key, tmp_path):
    assert follow() == 1 and follow() == 0
    record, _, content, _ = read(paper, tmp_path)
    assert record["ZZBH"] == paper.number and record["ZZZT"] == "1" and record["ZZLX"] == "社区社会组织备案证明"
    assert content.startswith(b"%PDF") and record["WJZY"] == hashlib.sha256(content).hexdigest()
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".json", ".jws", ".pdf"]


def test_the_signature_covers_the_record_and_so_the_paper(paper, key, tmp_path):
    follow()
    _, record, _, mac = read(paper, tmp_path)
    check = jws.JWS()
    check.deserialize(mac)
    check.verify(jwk.JWK.from_json(key.export_public()), detached_payload=record)
    with pytest.raises(jws.InvalidJWSSignature):
        check.verify(jwk.JWK.from_json(key.export_public()), detached_payload=record.replace(b'"1"', b'"2"'))


def test_the_same_word_twice_changes_nothing(paper, key, tmp_path):
    follow()
    before = read(paper, tmp_path)
    ecertificate.port().issue(paper)
    assert read(paper, tmp_path) == before


def test_a_cancelled_paper_is_told_with_its_reason(paper, key, tmp_path, cast):
    follow()
    register.cancel_certificates(Organisation.objects.get(), on=paper.issued_on, reason="自行解散")
    assert follow() == 1
    record = read(paper, tmp_path)[0]
    assert (record["ZZZT"], record["ZXYY"], record["ZXRQ"]) == ("2", "自行解散", paper.issued_on.isoformat())
    ecertificate.port().issue(Certificate.objects.get())  # told late
    assert read(paper, tmp_path)[0]["ZZZT"] == "2"


def test_no_personal_number_stands_in_the_record(paper, key, tmp_path):
    follow()
    text = read(paper, tmp_path)[1].decode()
    assert "13900000000" not in text and builders.identity_number(1) not in text and "刘桂兰" not in text


def test_a_folder_that_cannot_be_written_loses_nothing(paper, key, tmp_path, settings):
    (tmp_path / "out").write_text("a file where the folder should be")
    with pytest.raises(OSError):
        follow()
    (tmp_path / "out").unlink()
    assert follow() == 1


def test_switched_off_it_does_nothing(paper):
    assert follow() == 0
