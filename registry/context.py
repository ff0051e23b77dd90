"""What the frame of every page needs of the register: the navigation and the person's office."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

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


def frame(request: HttpRequest) -> dict:
    """`nav` [{label, url, active}] and `office`, a line such as 街道审核人员 · 大营门街道. One query when signed in."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    held = list(user.offices.in_force(timezone.localdate()).select_related("place")) if signed_in else []
    roles = {office.role for office in held}
    items = APPLICANT if roles <= {Role.APPLICANT} else STAFF if roles & DESK else LEADER
    return {
        "nav": _nav(request.path, items if signed_in else PUBLIC),
        "office": _words(held[0]) if held else "",
    }


def _nav(path: str, items: list[tuple[str, str]]) -> list[dict]:
    cases, guide = reverse("registry:cases"), reverse("registry:guide")
    here = cases if path.startswith(guide) and ("办件", "registry:cases") in items else path
    doors = [(label, reverse(name)) for label, name in items]
    best = max((url for _, url in doors if here.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "active": url == best} for label, url in doors]


def _words(held: Office) -> str:
    return f"{held.title or held.get_role_display()} · {held.place}"
