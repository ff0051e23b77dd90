"""An event as it is told: CloudEvents 1.0 in its JSON form, the same in the feed and in every delivery."""

from typing import Any

from django.conf import settings

from portal.api.rendering import dump
from registry.models import Event

SOURCE = "urn:shzz:portal"
MEDIA = "application/cloudevents+json; charset=utf-8"


def cloud(event: Event) -> dict[str, Any]:
    """The event; `sequence` (an extension of CloudEvents) is its place in the feed, `dataref` where to read more."""
    told = {
        "specversion": "1.0",
        "id": str(event.uid),
        "source": settings.PUBLIC_URL or SOURCE,
        "type": event.type,
        "subject": event.subject,
        "time": event.at.isoformat(),
        "datacontenttype": "application/json",
        "sequence": f"{event.seq:020d}" if event.seq else "",
        "data": event.data,
    }
    if event.data.get("href"):
        told["dataref"] = settings.PUBLIC_URL.rstrip("/") + event.data["href"]
    return told


def body(event: Event) -> bytes:
    """The bytes that are signed and sent; the same on every try."""
    return dump(cloud(event))
