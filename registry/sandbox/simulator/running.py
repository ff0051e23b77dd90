"""A whole run: an endpoint, cases filed side by side, followed until they are closed, and the reckoning."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from registry.sandbox.endings import ENDINGS
from registry.sandbox.simulator import filing, receiver, reckoning
from registry.sandbox.simulator.filing import Filer, Unexpected
from registry.sandbox.simulator.receiver import Receiver
from registry.sandbox.simulator.reckoning import Reckoning
from registry.sandbox.simulator.wire import Wire

ALL = (*filing.FAULTS, *receiver.FAULTS)
CLOSED = {"approved", "rejected", "withdrawn"}
OFTEN = ("", "", "", *ENDINGS)  # endings of the numbers, in turn


@dataclass
class Run:
    """`say` is told in words how it goes; `patience` is how many seconds answers and events may take."""

    wire: Wire
    cases: int
    seed: str
    faults: tuple[str, ...] = ALL
    threads: int = 8
    patience: float = 90
    listen: str = "127.0.0.1"
    share: float = 0.1  # of deliveries that meet a fault
    place: str = ""
    say: Callable[[str], Any] = print
    ids: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def go(self) -> Reckoning:
        """File, follow, reckon."""
        stamp = f"{self.seed}-{int(time.time() * 1000):x}"
        references = [f"SIM-{stamp}-{number}{OFTEN[number % len(OFTEN)]}" for number in range(self.cases)]
        faults = tuple(one for one in self.faults if one in receiver.FAULTS)
        with Receiver(self.listen, faults=faults, seed=self.seed, share=self.share) as door:
            endpoint = self._listen_at(door)
            after = self._newest()
            filer = Filer(self.wire, self.place or self._somewhere(), self.seed, self.faults)
            self._side_by_side(references, lambda one: self._file(filer, one))
            self.say(f"已申报 {len(self.ids)} 件")
            states = self._follow(filer)
            self.say("工作人员已答复，等推送")
            found = reckoning.reckon(self, references, states, door.received, after)
            self._leave(endpoint)
        return found

    def _listen_at(self, door: Receiver) -> int:
        made = self.wire.ask(
            "POST", "/endpoints", {"url": door.url, "types": ["case."]}, key=f"endpoint:{door.url}:{time.time()}"
        )
        if made.status != 201:
            raise Unexpected(f"推送地址没有登记成（{made.status}）：{made.told.get('detail', '')}")
        door.secret = made.told["secret"]
        return made.told["id"]

    def _leave(self, endpoint: int) -> None:
        seen = self.wire.ask("GET", f"/endpoints/{endpoint}")
        self.wire.ask("DELETE", f"/endpoints/{endpoint}", match=seen.etag)

    def _newest(self) -> int:
        """Where the feed ends now."""
        after, told = 0, {"events": [True]}
        while told["events"]:
            told = self.wire.ask("GET", f"/events?after={after}&limit=500").told if after else self._first()
            after = told["next_after"]
        return after

    def _first(self) -> dict[str, Any]:
        return self.wire.ask("GET", "/events?limit=500").told

    def _somewhere(self) -> str:
        """A community in a place in which the client may apply."""
        scopes = self.wire.ask("GET", "/me").told["scopes"]
        held = next((one["place"] for one in scopes if one["ability"] == "cases.write"), "")
        if not held:
            raise Unexpected("令牌没有 cases.write 的权限")
        rows = self.wire.ask("GET", f"/places?inside={held}&level=5&page_size=1").told.get("results", [])
        return rows[0]["code"] if rows else held

    def _side_by_side(self, things: list[str], act: Callable[[str], None]) -> None:
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(act, things))

    def _file(self, filer: Filer, reference: str) -> None:
        try:
            self.ids[reference] = filer.file(reference)
        except (Unexpected, ConnectionError, KeyError) as fault:
            self.wrong.append(f"{reference}：{fault}")

    def _follow(self, filer: Filer) -> dict[str, str]:
        """The state of each case, once every desk has answered or patience is over; what is given back is mended."""
        last, corrected = time.monotonic() + self.patience, set()
        while True:
            self.wire.ask("POST", "/sandbox/advance", key=f"advance:{time.time()}")  # 404 where desks are people
            states = {one: self.wire.ask("GET", f"/cases/{pk}").told["state"] for one, pk in self.ids.items()}
            back = [one for one, state in states.items() if state == "returned" and one not in corrected]
            self._side_by_side(back, lambda one: self._correct(filer, one))
            corrected |= set(back)
            waiting = [one for one, state in states.items() if state not in CLOSED and not one.endswith("-CS")]
            if not waiting or time.monotonic() > last:
                return states
            if not back:
                time.sleep(0.5)

    def _correct(self, filer: Filer, reference: str) -> None:
        try:
            filer.correct(self.ids[reference], reference)
        except (Unexpected, ConnectionError) as fault:
            self.wrong.append(f"{reference}：{fault}")
