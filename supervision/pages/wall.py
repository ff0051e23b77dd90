"""What the wall is given: few words, big numbers."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from supervision import figures
from supervision.boards import Board, Held
from supervision.pages.board import reference, tally
from supervision.targets import Status

MOST = 8  # targets on one screen
SILENT = (Status.NO_DATA, Status.NOT_APPLICABLE)


def wall(found: Board) -> dict[str, Any]:
    """Everything `supervision/wall.html` shows: the tiers, how the targets stand, the nearest ones big."""
    now = [held for held in found.held if held.binding and not reference(found, held)]
    measured = [held for held in now or found.held if held.figure and held.judgement.status not in SILENT][:MOST]
    return {
        "board": found,
        "place": found.place,
        "now": found.as_at,
        "back": reverse("supervision:board", args=[found.place.code]),
        "tiers": [{"label": one.indicator.label, "value": one.text} for one in found.tiers[:3]],
        "tally": tally(now),
        "tiles": [_tile(held) for held in measured],
    }


def _tile(held: Held) -> dict[str, str]:
    figure = replace(held.figure, judgement=None)
    return {
        "label": held.label,
        "value": figure.text,
        "wanted": figures.wanted(held.parameter),
        "state": held.judgement.status.value,
        "word": held.words["verdict"],
        "short": held.words["short"],
    }
