"""Offices over the whole nation: every page opens, and what they reach is what roles say."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from registry.models import Case, Office, Organisation
from registry.places import actions
from registry.scope import Role, require, roles_over
from tests import builders


def pages(resolver, spaces=()):
    """The names of every page without arguments."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from pages(one, (*spaces, one.namespace) if one.namespace else spaces)
        elif isinstance(one, URLPattern) and one.name and not one.pattern.converters and not one.pattern.regex.groups:
            if not {"admin", "logout"} & {*spaces, one.name}:
                yield ":".join((*spaces, one.name))


@pytest.fixture
def nation(places):
    return actions.nation()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.APPLICANT])
@pytest.mark.parametrize("over", ["nation", "province"])
def test_every_page_opens_for_an_office_over_the_nation_or_a_province(
    client, cast, places, nation, packs, delegation, role, over
):
    builders.walk(builders.draft(cast.auntie, places.garden), cast)
    builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    builders.organisation(places.street, hub_type="federation")
    client.force_login(builders.person("国办", role, nation if over == "nation" else places.tianjin))
    found = {name: client.get(reverse(name)).status_code for name in set(pages(get_resolver()))}
    assert len(found) > 20
    assert {name: status for name, status in found.items() if status >= 500} == {}


def test_an_office_over_the_nation_reaches_everything(cast, places, nation, packs, delegation):
    builders.organisation(places.street)
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    officer = builders.person("国办", Role.DISTRICT, nation)
    assert roles_over(officer, places.garden.code) == {Role.DISTRICT}
    require(officer, Role.DISTRICT, places.garden.code)
    assert Organisation.objects.visible_to(officer).count() == Organisation.objects.count()
    assert Case.objects.visible_to(officer).get() == case
    assert Office.objects.in_force().filter(user=officer).count() == 1
