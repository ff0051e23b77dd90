"""Places and hubs as plain dicts, told alike in their own lists and along with an organisation."""

from typing import Any

from registry.models import Hub, Jurisdiction


def place_told(found: Jurisdiction) -> dict[str, Any]:
    """A place as it stands now; its parent comes with the row."""
    return {
        "code": found.code,
        "name": found.name,
        "level": found.level,
        "kind": found.kind,
        "area_class": found.area_class,
        "parent": found.parent.code if found.parent else None,
        "starts": found.starts,
        "ends": found.ends,
    }


def hub_told(found: Hub) -> dict[str, Any]:
    """A hub; its organisation and the place it serves come with the row."""
    return {
        "id": found.pk,
        "organisation": found.organisation_id,
        "name": found.organisation.name,
        "hub_type": found.hub_type,
        "is_hub": found.is_hub,
        "is_support": found.is_support,
        "serves": found.serves_code,
        "serves_name": found.serves.name,
        "demonstration_since": found.demonstration_since,
        "starts": found.starts,
        "ends": found.ends,
    }
