"""Cases, each with the faults its number draws: repeated, cut off, stale, the key used again, garbage."""

import random
from dataclasses import dataclass
from typing import Any

from stdnum.cn import ric

from registry.sandbox.simulator.wire import Reply, Wire

FAULTS = ("repeat", "cut", "stale", "reuse", "garbage")
SHARE = 0.4  # how often a step of a case meets each of the faults asked for
WORDS = "春夏秋冬晨光银杏海棠松竹梅兰清风明月朝霞晚晴和顺安康乐群友邻同心长青蓝天红叶书香墨韵舞悦"
WHAT = ("读书社", "合唱团", "舞蹈队", "编织组", "太极拳队", "书画社", "戏曲社", "摄影社")
PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0f01f00050001"
    "ff56c72f0d0000000049454e44ae426082"
)
GARBAGE = (b"", b"{", b"[]", b"\xff\xfe\x00", b'{"item":1e999}', b'{"item":"\\u0000"}', b'{"a":' * 400, b"null")


class Unexpected(Exception):
    """The portal answered something that it may not answer here."""


@dataclass
class Filer:
    """Files cases in one place; `faults` are names of `FAULTS`."""

    wire: Wire
    place: str
    seed: str
    faults: tuple[str, ...] = FAULTS

    def file(self, reference: str) -> int:
        """From nothing to handed in; the number of the case."""
        dice = random.Random(f"{self.seed}:{reference}")
        body = {"item": "filing", "place": self.place, "reference": reference}
        opened = self._write(dice, "POST", "/cases", body, key=f"{reference}:open", good=(200, 201))
        pk, said = opened.told["id"], answers(reference)
        seen = self.wire.ask("GET", f"/cases/{pk}")
        for key, section in seen.told["sections"].items():
            seen = self._fill(dice, f"/cases/{pk}/sections/{key}", _asked(section, said[key]), seen.etag)
        for kind, paper in opened.told["materials"].items():
            if paper["required"]:
                self._bring(dice, pk, kind, reference)
        self.submit(pk, reference, 1)
        return pk

    def submit(self, pk: int, reference: str, turn: int) -> Reply:
        """Hand a case in as it stands."""
        dice = random.Random(f"{self.seed}:{reference}:{turn}")
        seen = self.wire.ask("GET", f"/cases/{pk}")
        key = f"{reference}:submit:{turn}"
        return self._write(dice, "POST", f"/cases/{pk}/submit", None, key=key, match=seen.etag, good=(200,))

    def correct(self, pk: int, reference: str) -> None:
        """What the sandbox asks: the activities described anew, and handed in again."""
        seen = self.wire.ask("GET", f"/cases/{pk}/sections/organisation")
        said = answers(reference)["organisation"] | {"activities": "组织居民排练、演出和读书，每周三次"}
        path = f"/cases/{pk}/sections/organisation"
        _expect(self.wire.ask("PUT", path, _asked(seen.told, said), match=seen.etag), (200,), path)
        self.submit(pk, reference, 2)

    def _write(
        self,
        dice: random.Random,
        method: str,
        path: str,
        body: Any,
        *,
        key: str,
        good: tuple[int, ...],
        match: str = "",
    ) -> Reply:
        """A write with its faults; whatever happens, the last answer is that of the one thing done."""
        if self._meets(dice, "garbage"):
            status = self.wire.raw(
                method, path, dice.choice(GARBAGE), Idempotency_Key=f"{key}:garbage", If_Match='"none"'
            )
            if not 400 <= status < 500:
                raise Unexpected(f"{path}：乱码得到 {status}")
        if self._meets(dice, "cut"):
            self.wire.cut(method, path, body, key=key, match=match)
        found = _expect(self.wire.ask(method, path, body, key=key, match=match), good, path)
        if self._meets(dice, "repeat"):
            again = _expect(self.wire.ask(method, path, body, key=key, match=match), good, path)
            if again.told.get("id") != found.told.get("id") or "Idempotency-Replayed" not in again.headers:
                raise Unexpected(f"{path}：重发没有得到同一个答复")
        if self._meets(dice, "reuse"):
            other = self.wire.ask(method, path, {"note": "另一个请求体"}, key=key, match=match)
            if other.status not in (400, 422):
                raise Unexpected(f"{path}：同一个键换了内容得到 {other.status}")
        return found

    def _fill(self, dice: random.Random, path: str, body: Any, etag: str) -> Reply:
        if self._meets(dice, "stale"):
            _expect(self.wire.ask("PUT", path, body, match='"0123456789abcdef"'), (412,), path)
        return _expect(self.wire.ask("PUT", path, body, match=etag), (200,), path)

    def _bring(self, dice: random.Random, pk: int, kind: str, reference: str) -> None:
        files = {"kind": kind, "file": ("照片.png", PHOTO, "image/png")}
        path, key = f"/cases/{pk}/materials", f"{reference}:{kind}"
        for _ in range(2 if self._meets(dice, "repeat") else 1):
            _expect(self.wire.ask("POST", path, key=key, files=files), (201,), path)

    def _meets(self, dice: random.Random, fault: str) -> bool:
        return dice.random() < SHARE and fault in self.faults


def _expect(found: Reply, good: tuple[int, ...], path: str) -> Reply:
    if found.status not in good:
        raise Unexpected(f"{path}：{found.status} {found.told.get('detail', '')}")
    return found


def _asked(section: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Of the answers those that are asked here: the rules of the place decide."""
    return {"answers": {name: value for name, value in said.items() if name in section["answers"]}}


def answers(reference: str) -> dict[str, dict[str, Any]]:
    """A complete filing of an invented group, the same for the same number."""
    dice = random.Random(reference)
    name = "".join(dice.sample(WORDS, 4)) + dice.choice(WHAT)
    stem = f"12010319580315{dice.randrange(1000):03d}"
    return {
        "organisation": {
            "name": name,
            "category": "culture_sports",
            "activities": "组织居民排练和演出，每周两次活动",
            "scope": "community",
            "premises": "shared",
            "address": "社区活动中心二楼",
            "larger_scale": True,
            "operates_normally": True,
        },
        "people": {
            "leader_name": "刘桂兰",
            "leader_id_number": stem + ric.calc_check_digit(stem + "0"),
            "leader_phone": "13900000000",
            "leader_party_member": True,
            "serving_cadre": False,
            "individual_members": 24,
        },
        "party": {"full_party_members": 3, "probationary_party_members": 1, "party_organisation": "fallback"},
    }
