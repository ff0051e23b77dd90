"""Every write of the API as a client sends it: what stands there before, and what is sent."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.test import Client as Browser
from jwcrypto import jwk, jwt

from registry.casework import actions, clockwork, leases, opinions, papers
from registry.models import Case, Endpoint, Event
from registry.webhooks import endpoints, feed
from tests import builders
from tests.api.speaking import ROOT, Speaker

HOOK = "https://93.184.216.34/hook"


@dataclass
class Asked:
    """One request: sent as often as one likes, each time by a browser of its own."""

    speaker: Speaker
    path: str
    body: Any = None
    method: str = "POST"
    tag: str = ""
    files: Callable[[], dict[str, Any]] | None = None

    def send(self, key: str):
        """The response to this request under an Idempotency-Key; a fault of the server is a 500, not an exception."""
        browser = Browser(raise_request_exception=False)
        headers = {"Authorization": f"Bearer {self.speaker.token}"} | ({"If-Match": self.tag} if self.tag else {})
        headers |= {"Idempotency-Key": key} if self.method == "POST" else {}
        if self.files:
            return browser.post(ROOT + self.path, self.files(), headers=headers)
        more = {} if self.body is None else {"data": self.body, "content_type": "application/json"}
        return getattr(browser, self.method.lower())(ROOT + self.path, headers=headers, **more)


@dataclass(frozen=True)
class Write:
    """An operation under its name, and the scene in which it is asked for: `scene(world, number)`, each time anew.

    `again` are the statuses that whoever comes later with a key of his own may get besides 409 and 412: the thing as
    it is (the natural key found it). `most`: how often it is done for as many keys, where nothing makes the requests
    one (a limit ends it).
    """

    operation: str
    scene: Callable[[SimpleNamespace, int], Asked]
    name: str = ""
    again: frozenset[int] = field(default_factory=frozenset)
    most: int = 1

    def __str__(self) -> str:
        return self.name or self.operation


def tag_of(speaker: Speaker, path: str) -> str:
    """What the client saw last."""
    told = speaker.get(path)
    assert told.status_code == 200, told.content.decode()
    return told["ETag"]


def begun(world: SimpleNamespace, number: int, **more: Any) -> Case:
    """A complete draft of the platform, about another team each time."""
    said = builders.answers(f"{'甲乙丙丁戊己庚辛'[number]}舞蹈队")
    return builders.draft(world.speak("platform").user, world.places.garden, said=said, **more)


def walked(world: SimpleNamespace, number: int, moves: int) -> Case:
    return builders.walk(begun(world, number), world.cast, moves=moves)


def on_case(who: str, path: str, case: Case, speak: Callable[[str], Speaker], body: Any = None, **more: Any) -> Asked:
    """A request about a case on what the client sees of it now."""
    speaker = speak(who)
    tag = tag_of(speaker, f"/cases/{case.pk}")
    return Asked(speaker, f"/cases/{case.pk}/{path}", body, tag=tag, **more)


def open_(world, number):
    body = {"item": "filing", "place": world.places.garden.code, "reference": f"办-{number}"}
    return Asked(world.speak("platform"), "/cases", body)


def fill(world, number):
    case = begun(world, number)
    body = {"answers": {"full_party_members": 9, "party_organisation": "fallback"}}
    return on_case("platform", "sections/party", case, world.speak, body, method="PUT")


def paper(world, number):
    case = begun(world, number)
    kind = papers.checklist(case)[0].paper.kind
    files = lambda: {"kind": kind, "file": builders.picture(number)}  # noqa: E731
    return Asked(world.speak("platform"), f"/cases/{case.pk}/materials", files=files)


def promise(world, number):
    said = builders.answers(f"{'甲乙丙丁戊己庚辛'[number]}合唱队")
    case = actions.open_case("filing", by=world.speak("platform").user, place=world.places.garden, said=said)
    kind = next(line.paper.kind for line in papers.checklist(case) if line.paper.promise)
    return Asked(world.speak("platform"), f"/cases/{case.pk}/materials", {"kind": kind, "promise": True})


def unlock(world, number):
    return on_case("platform", "unlock", builders.returned(begun(world, number), world.cast), world.speak)


def submit(world, number):
    return on_case("platform", "submit", begun(world, number), world.speak)


def correct(world, number):
    case = builders.returned(begun(world, number), world.cast)
    section = actions.kinds.of("filing").section("organisation")
    said = case.answers["organisation"] | {"name": f"{'甲乙丙丁戊己庚辛'[number]}晨光队"}
    return on_case("platform", "submit", actions.save_section(case, section, said, by=case.opened_by), world.speak)


def withdraw(world, number):
    return on_case("platform", "withdraw", walked(world, number, 1), world.speak, {"note": "不办了"})


def review(world, number):
    return on_case("community", "actions/review", walked(world, number, 1), world.speak, {"note": "属实"})


def send_back(world, number):
    defect = {"section": "organisation", "field": "name", "reason": "名称不规范"}
    body = {"data": {"defects": [defect]}}
    return on_case("community", "actions/send_back", walked(world, number, 1), world.speak, body)


def record(world, number):
    body = {"data": builders.GRANT}
    return on_case("street", "actions/record", walked(world, number, 3), world.speak, body)


def record_anyhow(world, number):
    """A decision by a client that says it does not care what it saw: the turn is over for all but one."""
    asked = record(world, number)
    asked.tag = "*"
    return asked


def take(world, number):
    return on_case("street", "actions/take", walked(world, number, 3), world.speak)


def release(world, number):
    case = leases.take(walked(world, number, 3), by=world.speak("street").user)
    return on_case("street", "actions/release", case, world.speak)


WHY = {"cause": "hearing", "reason": "需要听证", "basis": "《行政许可法》第四十五条"}


def suspend(world, number):
    return on_case("street", "actions/suspend", walked(world, number, 3), world.speak, WHY)


def resume(world, number):
    case = walked(world, number, 3)
    clockwork.suspend(case, by=world.cast.li, **WHY)
    return on_case("street", "actions/resume", case, world.speak, {})


QUESTION = {"kind": "industry", "unit": "区教育局"}


def ask(world, number):
    return on_case("street", "opinions", walked(world, number, 3), world.speak, QUESTION)


def answer(world, number):
    case = walked(world, number, 3)
    asked = opinions.ask(case, by=world.speak("street").user, **QUESTION)
    files = lambda: {"paper": builders.picture(number), "answer": "agree"}  # noqa: E731
    return on_case("street", f"opinions/{asked.pk}/answer", case, world.speak, files=files)


def rate(world, number):
    return Asked(world.speak("platform"), f"/cases/{walked(world, number, 4).pk}/rating", {"level": 1, "text": "太慢"})


def identify(world, number):
    """The word of an identity platform whose key is made here; the same word twice is used once."""
    key, speaker = jwk.JWK.generate(kty="EC", crv="P-256"), world.speak("platform")
    world.settings.IDENTITY_KEY = key.export_public()
    world.settings.IDENTITY_ISSUER, world.settings.IDENTITY_AUDIENCE = "https://id.example", "shzz"
    who = {"name": "刘桂兰", "id_number": builders.identity_number(), "level": "3"}
    claims = {
        "iss": "https://id.example",
        "aud": "shzz",
        "azp": speaker.client.application.client_id,
        "jti": str(number),
    }
    signed = jwt.JWT(header={"alg": "ES256"}, claims={**claims, **who, "exp": int(time.time()) + 300})
    signed.make_signed_token(key)
    return Asked(speaker, "/identities/verify", {"case": begun(world, number).pk, "assertion": signed.serialize()})


def export(world, number):
    return Asked(world.speak("leader"), "/exports", {"what": "organisations", "format": ("csv", "ndjson")[number % 2]})


def endpoint(world, number):
    return Asked(world.speak("platform"), "/endpoints", {"url": f"{HOOK}/{number}", "types": ["case."]})


def _endpoint(world, number) -> tuple[Endpoint, Speaker]:
    speaker = world.speak("platform")
    places = [world.places.hexi.code]
    return endpoints.make(speaker.client, f"{HOOK}/{number}", types=[], algorithm="hmac-sha256", places=places), speaker


def on_endpoint(path: str, body: Any = None, *, method: str = "POST", tagged: bool = True, off: bool = False):
    """The scene of an endpoint of its own for each request."""

    def scene(world, number):
        one, speaker = _endpoint(world, number)
        one = endpoints.disable(one) if off else one
        tag = endpoints.etag(one) if tagged else ""
        return Asked(speaker, f"/endpoints/{one.pk}{path}", body, method=method, tag=tag)

    return scene


def replay(world, number):
    case = walked(world, number, 1)
    one, speaker = _endpoint(world, number)
    feed.number()
    Endpoint.objects.filter(pk=one.pk).update(cursor=feed.head())
    event = Event.objects.filter(case=case).first()
    return Asked(speaker, f"/endpoints/{one.pk}/replay", {"events": [str(event.uid)]})


WRITES = (
    Write("cases.open", open_, again=frozenset({200})),
    Write("cases.fill", fill),
    Write("cases.bring", paper, again=frozenset({201})),
    Write("cases.bring", promise, "cases.bring (promise)", again=frozenset({201})),
    Write("cases.unlock", unlock),
    Write("cases.submit", submit),
    Write("cases.submit", correct, "cases.submit (correction)"),
    Write("cases.withdraw", withdraw),
    Write("cases.act", review, "cases.act (review)"),
    Write("cases.act", send_back, "cases.act (send back)"),
    Write("cases.act", record, "cases.act (decision)"),
    Write("cases.act", record_anyhow, "cases.act (decision, If-Match: *)"),
    Write("cases.take", take),
    Write("cases.release", release),
    Write("cases.suspend", suspend),
    Write("cases.resume", resume),
    Write("cases.ask", ask),
    Write("cases.record_answer", answer),
    Write("cases.rate", rate),
    Write("identities.verify", identify),
    Write("exports.open", export, most=5),
    Write("endpoints.make", endpoint, most=50),
    Write("endpoints.change", on_endpoint("", {"url": f"{HOOK}/new"}, method="PUT")),
    Write("endpoints.remove", on_endpoint("", method="DELETE")),
    Write("endpoints.rotate", on_endpoint("/rotate")),
    Write("endpoints.disable", on_endpoint("/disable")),
    Write("endpoints.enable", on_endpoint("/enable", off=True)),
    Write("endpoints.test", on_endpoint("/test", tagged=False), most=50),
    Write("endpoints.replay", replay, most=50),
)
