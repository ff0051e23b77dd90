"""What every page knows besides its own data."""

from django.conf import settings
from django.http import HttpRequest

SITE_NAME = "社区社会组织登记备案平台"


def site(request: HttpRequest) -> dict:
    """Name of the product, the help line to call, and whether this reader wants large letters.

    `contact` is `settings.CONTACT` (a line such as "咨询电话 022-12345678"), empty when none is set.
    """
    return {
        "site_name": getattr(settings, "SITE_NAME", SITE_NAME),
        "contact": getattr(settings, "CONTACT", ""),
        "large_letters": request.COOKIES.get("large") == "1",
    }
