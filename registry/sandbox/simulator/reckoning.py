"""The reckoning: every number one case, every case as its ending says, every event once and in order."""

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from registry.sandbox.endings import plan
from registry.sandbox.simulator.receiver import Received

PAUSE = 0.5  # seconds between two looks


@dataclass(frozen=True)
class Reckoning:
    """What was found: lines of (what, expected, found), and everything that is wrong, in words."""

    lines: list[tuple[str, Any, Any]]
    wrong: list[str]


def reckon(run: Any, references: list[str], states: dict[str, str], received: Received, after: int) -> Reckoning:
    """Hold what the portal and the receiver have against what was filed."""
    last = time.monotonic() + run.patience
    told = _feed(run, after)
    while set(told) - set(received.seen) and time.monotonic() < last:
        time.sleep(PAUSE)
        told = _feed(run, after)
    wrong, counts = list(run.wrong), {one: _count(run, one) for one in references}
    wrong += [f"{one}：有 {count} 件，应是一件" for one, count in counts.items() if count != 1]
    wrong += [f"{one}：状态是 {states.get(one)}" for one in references if states.get(one) not in expected(one)]
    lost, strange = set(told) - set(received.seen), set(received.seen) - set(told)
    wrong += [f"没有收到事件 {told[uid]['type']} {told[uid]['subject']}" for uid in sorted(lost)]
    wrong += [f"多出来的事件 {uid}" for uid in sorted(strange)]
    crooked = out_of_order(told, received)
    wrong += [f"{subject} 的事件次序不对" for subject in crooked]
    wrong += [f"签名不对的推送 {received.unsigned} 次"] if received.unsigned else []
    wrong += run.wire.faults
    lines = [
        ("办件", len(references), sum(counts.values())),
        ("事件", len(told), len(set(told) & set(received.seen))),
        ("次序不对的办件", 0, len(crooked)),
        ("故意没答好的推送", "", received.broken),
        ("重复送达、已去重", "", received.again),
        ("系统出错（5xx）", 0, len(run.wire.faults)),
        ("请求", "", " ".join(f"{status}×{count}" for status, count in sorted(run.wire.statuses.items()))),
    ]
    states_told = Counter(states.values())
    lines.insert(1, ("状态", "", " ".join(f"{state}×{count}" for state, count in sorted(states_told.items()))))
    return Reckoning(lines, wrong)


def expected(reference: str) -> set[str]:
    """The states in which a case of this number may end."""
    meant = plan(reference)
    if meant.leave:
        return {"submitted"}
    return {"rejected"} if meant.refuse else {"approved"}


def _count(run: Any, reference: str) -> int:
    return run.wire.ask("GET", f"/cases?reference={reference}").told.get("count", 0)


def _feed(run: Any, after: int) -> dict[str, dict[str, Any]]:
    """Every event of our cases since we began, by its id."""
    mine, found = {f"case/{pk}" for pk in run.ids.values()}, {}
    while True:
        told = run.wire.ask("GET", f"/events?after={after}&limit=500&type=case.").told
        found |= {one["id"]: one for one in told["events"] if one["subject"] in mine}
        if not told["events"]:
            return found
        after = told["next_after"]


def out_of_order(told: dict[str, dict[str, Any]], received: Received) -> list[str]:
    """The subjects whose events were first received in another order than that of the feed."""
    feed, came = defaultdict(list), defaultdict(list)
    for uid, event in told.items():
        feed[event["subject"]].append(uid)
    for event in received.order:
        came[event["subject"]].append(event["id"])
    return sorted(
        subject for subject, uids in feed.items() if came[subject] != [uid for uid in uids if uid in set(came[subject])]
    )
