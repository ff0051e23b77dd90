"""The audit trail: one line a deed, in the transaction of the deed, never changed and never deleted."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal import actions as audit
from portal.errors import Refusal
from portal.models import AuditEvent
from registry.casework import actions
from tests import builders


@pytest.fixture
def event(db):
    return audit.note(
        "case.open", "case:1", by=None, place_code="120103001001", summary="阳光舞蹈队", state=["", "draft"]
    )


@pytest.mark.parametrize("change", ["UPDATE portal_auditevent SET summary = 'x'", "DELETE FROM portal_auditevent"])
def test_the_database_itself_refuses_to_change_the_trail(change, event):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert AuditEvent.objects.get().summary == "阳光舞蹈队"


def test_the_application_cannot_change_it_either(event):
    event.summary = "x"
    for act in (event.save, event.delete, AuditEvent.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert AuditEvent.objects.get().summary == "阳光舞蹈队"


def test_a_line_says_who_what_where_and_from_what_to_what(event):
    assert (event.verb, event.subject, event.place_code) == ("case.open", "case:1", "120103001001")
    assert event.changes == {"state": ["", "draft"]}


def test_a_very_long_summary_is_cut(db):
    assert audit.note("x", "y", by=None, summary="长" * 999).summary == "长" * 300


def test_a_deed_that_fails_leaves_no_line(cast, places, packs):
    case = builders.draft(cast.auntie, places.garden)
    before = AuditEvent.objects.count()
    case.materials.all().delete()
    with pytest.raises(Refusal):
        actions.move(case, "submit", by=cast.auntie)
    assert AuditEvent.objects.count() == before


def test_every_step_of_a_case_has_its_line(cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    told = AuditEvent.objects.filter(subject=f"case:{case.pk}").order_by("id").values_list("verb", "by__name")
    for line in [("case.open", "李阿姨"), ("case.submit", "李阿姨"), ("case.review", "小王"), ("case.record", "老李")]:
        assert line in set(told)
    assert AuditEvent.objects.filter(verb="register.filed", subject=f"organisation:{case.organisation_id}").count() == 1
