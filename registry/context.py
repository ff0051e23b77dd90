"""What the frame of every page needs of the register: the navigation and the person's office."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

PUBLIC = [
    ("首页", "portal:home"),
    ("登记还是备案", "registry:guide"),
    ("政策", "registry:policies"),
    ("核验", "registry:verify"),
]
STAFF = [
    ("首页", "portal:home"),
    ("办件", "registry:cases"),
    ("组织", "registry:organisations"),
    ("看板", "supervision:home"),
    ("政策", "registry:policies"),
    ("核验", "registry:verify"),
]


def frame(request: HttpRequest) -> dict:
    """`nav` [{label, url, active}] and `office`, a line such as 街道审核人员 · 大营门街道."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    here = request.path
    doors = [(label, reverse(name)) for label, name in (STAFF if signed_in else PUBLIC)]
    here = reverse("registry:cases") if signed_in and here.startswith(reverse("registry:guide")) else here
    best = max((url for _, url in doors if here.startswith(url)), key=len, default="")
    nav = [{"label": label, "url": url, "active": url == best} for label, url in doors]
    return {"nav": nav, "office": SimpleLazyObject(lambda: _office(request)) if signed_in else ""}


def _office(request: HttpRequest) -> str:
    held = request.user.offices.in_force(timezone.localdate()).select_related("place").first()
    return f"{held.title or held.get_role_display()} · {held.place}" if held else ""
