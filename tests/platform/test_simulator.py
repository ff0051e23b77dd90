"""A platform files twenty cases while the line breaks and its own door is out of order: nothing is lost or doubled."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from registry.models import Case
from registry.sandbox.simulator import reckoning
from registry.sandbox.simulator.filing import answers
from registry.sandbox.simulator.receiver import Received
from tests import builders


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_twenty_cases_with_every_fault_are_all_there_once(portal, speak, places):
    key = speak("platform").key
    builders.place("120103001002", "福建路社区", "community", parent=places.street)
    out = StringIO()
    call_command(
        "simulate_platform",
        f"--url={portal}",
        f"--client-id={key.client_id}",
        f"--client-secret={key.client_secret}",
        "--cases=20",
        "--seed=7",
        f"--place={places.garden.code}",
        stdout=out,
    )
    told = out.getvalue()
    assert "对账无误" in told, told
    cases = Case.objects.filter(opened_by=key.client.user)
    assert cases.count() == 20 and len(set(cases.values_list("number", flat=True))) == 20


def test_a_fault_nobody_knows_and_a_portal_that_is_not_there_are_told(db):
    with pytest.raises(CommandError, match="没有这种故障"):
        call_command(
            "simulate_platform", "--url=http://127.0.0.1:1", "--client-id=a", "--client-secret=b", "--faults=x"
        )


class Ran:
    """What a run knows when it reckons: two cases, one of them filed twice, an event that never came."""

    patience, ids, wrong = 0, {"SIM-1": 1, "SIM-2-BY": 2}, []

    class wire:
        faults, statuses = ["POST /cases → 500"], {200: 3}

        @staticmethod
        def ask(method, path, *rest, **more):
            told = {"events": [], "next_after": 9}
            if path.startswith("/events?after=0"):
                told["events"] = [{"id": name, "subject": "case/1", "type": "case.created"} for name in ("a", "b", "c")]
            if path.startswith("/cases?"):
                told = {"count": 2 if path.endswith("SIM-1") else 1}
            return type("Reply", (), {"told": told})


def test_the_reckoning_sees_what_is_doubled_lost_and_out_of_order():
    came = [{"id": name, "subject": "case/1"} for name in ("b", "a", "z")]
    received = Received(came, {"a": 1, "b": 2, "z": 1}, unsigned=1)
    found = reckoning.reckon(Ran, list(Ran.ids), {"SIM-1": "approved", "SIM-2-BY": "approved"}, received, 0)
    words = "\n".join(found.wrong)
    for what in ("SIM-1：有 2 件", "SIM-2-BY：状态是 approved", "没有收到事件 case.created case/1", "多出来的事件 z"):
        assert what in words
    assert "case/1 的事件次序不对" in words and "签名不对" in words and "→ 500" in words


def test_the_same_number_files_the_same_group_and_another_one_another():
    assert answers("SIM-1") == answers("SIM-1") != answers("SIM-2")
