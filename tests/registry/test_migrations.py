"""What an older release wrote is all there after the tables have moved on."""

import datetime as dt

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

FIRST = [("portal", "0002_audit_append_only"), ("registry", "0001_initial")]
LAST = [("portal", "0003_casework"), ("registry", "0004_old_columns")]


def migrate(target: list) -> object:
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.fixture
def before(transactional_db):
    """The tables of the first release; today's afterwards, whatever happened."""
    yield migrate(FIRST)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_cases_papers_and_notices_of_the_first_release_are_carried_over(before):
    get = before.get_model
    user = get("portal", "User").objects.create(username="wang", name="小王")
    place = get("registry", "Jurisdiction").objects.create(
        code="120103001001", name="九江路社区", level=5, kind="community"
    )
    cases = [
        get("registry", "Case").objects.create(road=road, place=place, place_code=place.code, opened_by=user)
        for road in ("filing", "registration")
    ]
    for case in cases:
        get("registry", "Material").objects.create(
            case=case, kind="charter", file="materials/a.pdf", sha256="a" * 64, size=7, added_by=user
        )
    get("registry", "Material").objects.create(
        case=cases[0], kind="premises", promised_by=dt.date(2026, 3, 1), added_by=user
    )
    step = get("registry", "Step").objects.create(case=cases[0], verb="submit", label="提交申请", at=timezone.now())
    for late in (False, True):
        get("registry", "Notice").objects.create(user=user, step=step, text="一行", late=late)

    now = migrate(LAST).get_model
    assert set(now("registry", "Case").objects.values_list("kind", "matter")) == {
        ("filing", "备案"),
        ("registration", "登记"),
    }
    papers = now("registry", "Material").objects
    assert now("registry", "StoredFile").objects.get().materials.count() == 2
    assert papers.get(kind="premises").stored_id is None
    told = now("registry", "Notice").objects.order_by("key").values_list("key", "case", "kind")
    assert list(told) == [(f"late:{step.pk}", cases[0].pk, "late"), (f"step:{step.pk}", cases[0].pk, "step")]
