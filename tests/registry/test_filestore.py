"""One file for the same content, and nothing left behind: what is kept, what is swept, what a full disk does."""

import datetime as dt
import io
import threading

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from portal.errors import Refusal
from registry import tasks
from registry.casework import actions, filestore, papers
from registry.models import Material, Opinion, StoredFile
from registry.uploads.guard import Admitted
from tests import builders

LATER = dt.timedelta(days=3)


def admitted(content=b"%PDF-1.7 content"):
    return Admitted(io.BytesIO(content), "application/pdf", "章程.pdf", len(content))


def on_disk():
    """The names of every file in the store."""
    return {name.rsplit("/", 1)[-1] for name in filestore._files(default_storage, "materials")}


@pytest.fixture
def case(cast, places, packs):
    return actions.open_case("filing", by=cast.auntie, place=places.garden)


def test_the_same_content_is_one_row_and_one_file(db):
    first, second = filestore.keep(admitted()), filestore.keep(admitted())
    assert first == second and StoredFile.objects.count() == len(on_disk()) == 1
    assert filestore.keep(admitted(b"%PDF-1.7 other")) != first


def test_two_cases_share_what_was_handed_in_twice(case, cast, places):
    other = actions.open_case("filing", by=cast.auntie, place=places.garden)
    one = papers.attach(case, "charter", builders.png("一.png"), by=cast.auntie)
    two = papers.attach(other, "members", builders.png("二.png"), by=cast.auntie)
    assert one.stored == two.stored and (one.original_name, two.original_name) == ("一.png", "二.png")


def test_whoever_comes_second_by_a_hair_gets_the_first_ones_row(db, monkeypatch):
    """Both looked, neither saw the other: the second row is refused by the database, its file goes."""
    first = filestore.keep(admitted())
    monkeypatch.setattr(filestore, "_known", lambda digest: None)
    assert filestore.keep(admitted()) == first
    assert StoredFile.objects.count() == len(on_disk()) == 1


def test_a_file_that_was_lost_is_written_again(db):
    first = filestore.keep(admitted())
    default_storage.delete(first.file.name)
    again = filestore.keep(admitted())
    assert again == first and again.file.read() == b"%PDF-1.7 content"


def test_a_full_disk_is_told_and_leaves_no_row(case, cast, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(StoredFile._meta.get_field("file").storage, "save", full)
    with pytest.raises(Refusal, match="存储空间不足") as no:
        papers.attach(case, "charter", builders.png(), by=cast.auntie)
    assert no.value.code == "no_room"
    assert not StoredFile.objects.exists() and not case.materials.exists()


def test_the_sweep_takes_what_nothing_refers_to_after_two_days_and_not_before(case, cast):
    papers.attach(case, "charter", builders.png(), by=cast.auntie)
    idle = filestore.keep(admitted())
    now = timezone.now()
    assert filestore.sweep(now) == 0
    with django_on_commit():
        assert filestore.sweep(now + LATER) >= 1
    assert not StoredFile.objects.filter(pk=idle.pk).exists()
    assert StoredFile.objects.count() == len(on_disk()) == 1
    assert filestore.sweep(now + LATER) == 0


def django_on_commit():
    """Run what waits for the end of the transaction, as a request would."""

    class Now:
        def __enter__(self):
            self.at = len(connection.run_on_commit)

        def __exit__(self, *fault):
            for _, work, _ in connection.run_on_commit[self.at :]:
                work()

    return Now()


def test_the_sweep_leaves_a_paper_an_opinion_refers_to(case, cast):
    stored = filestore.keep(admitted())
    Opinion.objects.create(
        case=case, kind="industry", unit="体育局", asked_by=cast.zhang, due_on=timezone.localdate(), paper=stored
    )
    assert filestore.sweep(timezone.now() + LATER) == 0
    assert StoredFile.objects.filter(pk=stored.pk).exists()


def test_what_is_used_again_is_not_swept_that_night(db):
    stored = filestore.keep(admitted())
    StoredFile.objects.update(stored_at=timezone.now() - LATER)
    filestore.keep(admitted())
    assert filestore.sweep(timezone.now()) == 0
    assert StoredFile.objects.filter(pk=stored.pk).exists()


def test_a_file_of_a_transaction_that_failed_is_swept(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        filestore.keep(admitted())
        raise RuntimeError
    assert not StoredFile.objects.exists() and len(on_disk()) == 1
    assert filestore.sweep(timezone.now()) == 0
    assert filestore.sweep(timezone.now() + LATER) == 1
    assert on_disk() == set()


def test_the_sweep_of_an_empty_house_does_nothing(db):
    assert tasks.sweep() == 0 and tasks.sweep() == 0


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_twenty_uploads_at_once_are_one_row():
    faults, kept = [], []

    def put():
        try:
            kept.append(filestore.keep(admitted()).pk)
        except Exception as fault:  # whatever goes wrong in a thread fails the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=put) for _ in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == [] and len(set(kept)) == 1 and len(kept) == 20
    assert Material.objects.count() == 0 and StoredFile.objects.count() == len(on_disk()) == 1


def test_a_file_the_disk_has_lost_is_told_so(client, cast, places, packs, delegation):
    case = builders.draft(cast.auntie, places.garden)
    paper = case.materials.exclude(stored=None).first()
    paper.stored.file.storage.delete(paper.stored.file.name)
    client.force_login(cast.auntie)
    told = client.get(f"/cases/{case.pk}/materials/{paper.pk}/")
    assert told.status_code == 410 and "找不到" in told.content.decode()
