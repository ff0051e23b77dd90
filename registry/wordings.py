"""The only writer of the words a county puts in place of the portal's own."""

from dataclasses import dataclass

from django.db import transaction

from portal import actions as audit
from portal.errors import Refusal
from portal.models import User
from registry.messages import texts
from registry.models import Dispatch, Wording
from registry.scope import Role, require


@dataclass(frozen=True)
class Line:
    """A message of a county: its words now, and whether somebody wrote them."""

    event: str
    label: str
    channel: str
    channel_label: str
    subject: str
    body: str
    own: bool


def lines(place_code: str) -> list[Line]:
    """Every message by event and channel, in the words a county uses; one query."""
    written = {(one.event, one.channel): one for one in Wording.objects.filter(place_code=place_code)}
    return [
        _line(key, channel, written.get((key, channel)))
        for key, event in texts.EVENTS.items()
        for channel in event.words
    ]


def line(place_code: str, event: str, channel: str) -> Line | None:
    """One of `lines`; None where there is no such message."""
    if event not in texts.EVENTS or channel not in texts.EVENTS[event].words:
        return None
    written = Wording.objects.filter(place_code=place_code, event=event, channel=channel)
    return _line(event, channel, written.first())


def _line(key: str, channel: str, written: Wording | None) -> Line:
    event = texts.EVENTS[key]
    subject, body = (written.subject, written.body) if written else event.words[channel]
    return Line(key, event.label, channel, Dispatch.Channel(channel).label, subject, body, own=written is not None)


@transaction.atomic
def write(place_code: str, event: str, channel: str, *, subject: str, body: str, by: User) -> Wording:
    """Put a county's words in place of the portal's. `Refusal` names a placeholder that is not known here."""
    require(by, Role.DISTRICT, place_code)
    body = body.strip().replace("\r\n", "\n")
    wrong = texts.faults(texts.EVENTS[event], channel, subject, body)
    if wrong:
        raise Refusal("；".join(wrong), code="wording", field="body")
    values = {"subject": subject.strip(), "body": body, "by": by}
    found, _ = Wording.objects.update_or_create(place_code=place_code, event=event, channel=channel, defaults=values)
    _note("wording.write", place_code, event, by)
    return found


@transaction.atomic
def reset(place_code: str, event: str, channel: str, *, by: User) -> None:
    """Go back to the portal's own words."""
    require(by, Role.DISTRICT, place_code)
    Wording.objects.filter(place_code=place_code, event=event, channel=channel).delete()
    _note("wording.reset", place_code, event, by)


def _note(verb: str, place_code: str, event: str, by: User) -> None:
    audit.note(verb, f"wording:{place_code}:{event}", by=by, place_code=place_code, summary=texts.EVENTS[event].label)
