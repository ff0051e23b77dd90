"""What the frame of every page needs of the register: the navigation and the person's office."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from registry import inbox
from registry.models import Office
from registry.scope import DESK, Role

PUBLIC = [
    ("首页", "portal:home"),
    ("登记还是备案", "registry:guide"),
    ("政策", "registry:policies"),
    ("行政区划", "registry:places"),
    ("核验", "registry:verify"),
]
APPLICANT = [("首页", "portal:home"), ("办件", "registry:cases"), *PUBLIC[2:]]
STAFF = [
    ("首页", "portal:home"),
    ("办件", "registry:cases"),
    ("组织", "registry:organisations"),
    ("看板", "supervision:home"),
    *PUBLIC[2:],
]
LEADER = [item for item in STAFF if item[1] != "registry:cases"]
OPINIONS = ("征求意见", "registry:opinions")
ADVISER = [("首页", "portal:home"), OPINIONS, *PUBLIC[2:]]


def frame(request: HttpRequest) -> dict:
    """`nav` [{label, url, active}], `office`, a line such as 街道审核人员 · 大营门街道, and `unread`, how many notices.

    Two queries when signed in.
    """
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    held = (
        list(user.offices.in_force(timezone.localdate()).select_related("place", "stands_in_for__user"))
        if signed_in
        else []
    )
    roles = {office.role for office in held}
    return {
        "nav": _nav(request.path, _items(roles) if signed_in else PUBLIC),
        "office": _words(sorted(held, key=lambda office: office.stands_in_for_id is not None)) if held else "",
        "unread": inbox.unread(user) if signed_in else None,
    }


def _items(roles: set[str]) -> list[tuple[str, str]]:
    """The doors of the roles a person holds; whoever also advises finds that door after his own."""
    if roles == {Role.ADVISER}:
        return ADVISER
    items = APPLICANT if roles <= {Role.APPLICANT, Role.ADVISER} else STAFF if roles & DESK else LEADER
    return [*items, OPINIONS] if Role.ADVISER in roles else items


def _nav(path: str, items: list[tuple[str, str]]) -> list[dict]:
    cases, guide = reverse("registry:cases"), reverse("registry:guide")
    here = cases if path.startswith(guide) and ("办件", "registry:cases") in items else path
    doors = [(label, reverse(name)) for label, name in items]
    best = max((url for _, url in doors if here.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "active": url == best} for label, url in doors]


def _words(held: list[Office]) -> str:
    """The first office of one's own, and for whom one stands in besides."""
    first = f"{held[0].title or held[0].get_role_display()} · {held[0].place}"
    absent = dict.fromkeys(str(office.stands_in_for.user) for office in held if office.stands_in_for)
    return f"{first}，代{'、'.join(absent)}办理" if absent else first
