"""What every page knows besides its own data."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """Name of the product, the help line to call, and whether this reader wants large letters or reads in WeChat.

    `idle_minutes` is after how many minutes without a request the session ends, 0 for visitors.
    `contact` is `settings.CONTACT` (a line such as "咨询电话 022-12345678"), empty when none is set.
    """
    user = getattr(request, "user", None)  # a request refused at the door has none
    return {
        "site_name": settings.SITE_NAME,
        "contact": settings.CONTACT,
        "large_letters": request.COOKIES.get("large") == "1",
        "idle_minutes": settings.IDLE_MINUTES if user and user.is_authenticated else 0,
        "sandbox": settings.SANDBOX,
        "wechat": "MicroMessenger" in request.headers.get("user-agent", ""),
    }
