"""What the counts cost a decision: entries into the register with and without them, alone and sixteen in one county.

Two layers: the whole action (`registry.register.enter`), and its bare statements. The naive way, one counter row a
province changed in the transaction of the decision, shows what a lock for everybody costs.
"""

import threading
import time
from collections.abc import Callable
from unittest import mock

from django.db import connection, connections, transaction

from benchmarks import register
from registry import register as entering
from registry import tenures
from registry.models import Jurisdiction
from registry.touches import touch
from supervision import keeping

WRITERS = 16
COUNTER = """UPDATE supervision_count SET made_at = now()
WHERE id = (SELECT max(id) FROM supervision_count WHERE head = %s)"""
ORGANISATION = """INSERT INTO registry_organisation (name, folded_name, pinyin, place_id, place_code, scope, legal_form,
    category, activities, standing, premises, address, party_organisation, managing_body, created_at)
    VALUES (%(name)s, %(name)s, '', %(place)s, %(code)s, 'community', 'none', '', '', 'filed', '', '', '', '', now())
    RETURNING id"""
STANDING = """INSERT INTO registry_standing (organisation_id, kind, starts, place_code, scope, legal_form, reason)
    VALUES (%(id)s, 'filed', %(day)s, %(code)s, 'community', 'none', '')"""
HELD = 0.002  # seconds a decision does other work before it commits, as a real one does


def measure() -> list[str]:
    """Decisions a second, each way; ratios to the way without counts."""
    place = Jurisdiction.objects.filter(code__startswith=register.CROWDED, level=5).order_by("code").first()
    lines = ["decisions a second"]
    for writers, each in ((1, 200), (WRITERS, 25)):
        quiet = _rate(lambda: _enter(place, counted=False), writers, each)
        counted = _rate(lambda: _enter(place, counted=True), writers, each, folding=True)
        lines.append(_said(f"whole action, {writers} writer(s)", quiet, {"with counts, folding beside": counted}))
    for writers, each in ((1, 400), (WRITERS, 100)):
        quiet = _rate(lambda: _bare(place, ""), writers, each)
        counted = _rate(lambda: _bare(place, "touch"), writers, each)
        naive = _rate(lambda: _bare(place, "counter"), writers, each)
        ways = {"a touch": counted, "a counter of the province": naive}
        lines.append(_said(f"bare statements, {writers} writer(s)", quiet, ways))
    return lines


def _said(what: str, quiet: float, ways: dict[str, float]) -> str:
    told = "  ".join(f"{name} {rate:.0f} ({100 * rate / quiet:.0f} %)" for name, rate in ways.items())
    return f"  {what:<40} without counts {quiet:.0f}  {told}"


def _enter(place: Jurisdiction, *, counted: bool) -> None:
    entry = entering.Entry("filed", f"测速组织{time.perf_counter_ns()}", place, {"legal_form": "none"})
    if counted:
        entering.enter(entry, by=None, on=register.DAY)
    else:
        with mock.patch.object(tenures, "touch", lambda *names, **more: None):
            entering.enter(entry, by=None, on=register.DAY)


def _bare(place: Jurisdiction, way: str) -> None:
    """What a decision writes at least, and a moment in which it is not yet over."""
    name = f"测速组织{time.perf_counter_ns()}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ORGANISATION, {"name": name, "place": place.pk, "code": place.code})
        cursor.execute(STANDING, {"id": cursor.fetchone()[0], "code": place.code, "day": register.DAY})
        if way == "touch":
            touch(place.code, register.DAY)
        if way == "counter":
            cursor.execute(COUNTER, [place.code[:2]])
        time.sleep(HELD)


def _rate(work: Callable[[], None], writers: int, each: int, *, folding: bool = False) -> float:
    """How many a second, all writers together."""
    begun, over, done = threading.Barrier(writers + 1), threading.Event(), []

    def write() -> None:
        begun.wait()
        for _ in range(each):
            work()
            done.append(1)
        connections.close_all()

    def fold() -> None:
        while not over.is_set():
            keeping.fold()
            over.wait(1)
        connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(writers)]
    beside = threading.Thread(target=fold)
    for thread in threads + ([beside] if folding else []):
        thread.start()
    begun.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - start
    over.set()
    if folding:
        beside.join()
    assert len(done) == writers * each, "a writer failed"
    return len(done) / spent
