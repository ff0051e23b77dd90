"""Fifty at once on every write of the API: done once, the others told the same or why not, nothing half written."""

import time
from collections import Counter
from types import SimpleNamespace

import pytest
from django.apps import apps

from portal.models import KeptAnswer
from registry.models import Certificate, Organisation
from tests import builders
from tests.api.conftest import speak  # noqa: F401 — the clients of the API, here as there
from tests.races.start import at_once
from tests.races.writes import WRITES, Asked, walked

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]
REFUSED = {409, 412}


@pytest.fixture
def world(speak, cast, places, settings):  # noqa: F811
    settings.API_PUBLIC_PER_MINUTE = 10**6
    return SimpleNamespace(speak=speak, cast=cast, places=places, settings=settings)


def rows():
    """How many rows there are of everything."""
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return Counter({model.__name__: model.objects.count() for model in models if hasattr(model, "objects")})


def grown(act):
    """(what an act answers, by how many rows it left every table longer or shorter, seconds)."""
    before, began = rows(), time.monotonic()
    answers = act()
    took = time.monotonic() - began
    after = rows()
    return answers, {name: after[name] - before[name] for name in after if after[name] != before[name]}, took


def kind(response):
    """done, again (a replay), or the status and code of a refusal."""
    if response.status_code < 300:
        return "again" if response.has_header("Idempotency-Replayed") else "done"
    return f"{response.status_code} {response.json()['code']}"


def told(write, way, answers, took):
    counted = Counter(f"{kind(one)} {one.status_code}" if one.status_code < 300 else kind(one) for one in answers)
    print(f"{write} | {way} | {dict(sorted(counted.items()))} | {took:.1f} s")


@pytest.mark.parametrize("write", WRITES, ids=str)
def test_fifty_with_one_key_do_it_once_and_all_hear_the_same(write, world):
    alone = _alone(write, world)
    asked = write.scene(world, 2)
    answers, left, took = grown(lambda: at_once(lambda _: asked.send("one-key")))
    told(write, "one key", answers, took)
    found = Counter(map(kind, answers))
    assert found["done"] == 1 and left == alone
    if asked.method != "POST":
        assert {one.status_code for one in answers if one.status_code >= 300} <= REFUSED | {404}
        return
    assert set(found) <= {"done", "again", "409 in_flight"}
    first = next(one for one in answers if kind(one) == "done")
    late, left, took = grown(lambda: at_once(lambda _: asked.send("one-key")))
    told(write, "one key, later", late, took)
    assert {kind(one) for one in late} <= {"again", "409 in_flight"} and not left
    same = [one for one in [*answers, *late] if kind(one) == "again"]
    assert same and {(one.status_code, one.content) for one in same} == {(first.status_code, first.content)}
    assert {one.headers.get("ETag") for one in same} == {first.headers.get("ETag")}


@pytest.mark.parametrize("write", WRITES, ids=str)
def test_fifty_with_keys_of_their_own_do_it_once_where_the_thing_is_one(write, world):
    alone = _alone(write, world)
    asked = write.scene(world, 2)
    answers, left, took = grown(lambda: at_once(lambda number: asked.send(f"key-{number}")))
    told(write, "own keys", answers, took)
    done = [one for one in answers if kind(one) == "done"]
    kept = KeptAnswer.__name__
    assert left.pop(kept, 0) == alone.pop(kept, 0) * len(done)
    refused = {one.status_code for one in answers if one.status_code >= 300}
    assert refused <= REFUSED | ({404} if asked.method == "DELETE" else set()) | ({422} if write.most > 1 else set())
    if write.most > 1:
        assert 1 <= len(done) <= write.most
        assert all(0 < many <= alone[name] * len(done) for name, many in left.items())
    else:
        assert left == alone
        assert len([one for one in done if one.status_code not in write.again]) <= 1 <= len(done)
        assert write.again or len(done) == 1


def test_of_fifty_who_grant_and_refuse_at_once_one_wins_whole(world):
    case = walked(world, 0, 3)
    speaker, path = world.speak("street"), f"/cases/{case.pk}/actions"
    ways = (("record", {"data": builders.GRANT}), ("reject", {"note": "材料不实"}))
    asked = [Asked(speaker, f"{path}/{verb}", body, tag="*") for verb, body in ways]
    answers = at_once(lambda number: asked[number % 2].send(f"way-{number}"))
    assert Counter(map(kind, answers)) == {"done": 1, "409 overtaken": 49}
    case.refresh_from_db()
    ended = (case.state, Organisation.objects.count(), Certificate.objects.count(), KeptAnswer.objects.count())
    assert ended in {("approved", 1, 1, 1), ("rejected", 0, 0, 1)}


def _alone(write, world):
    """What one request leaves, after another has made the rows that only the first of all makes."""
    write.scene(world, 0).send("first")
    asked = write.scene(world, 1)
    answer, left, _ = grown(lambda: asked.send("alone"))
    assert kind(answer) == "done", answer.content.decode()
    return left
