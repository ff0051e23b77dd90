"""What every page knows besides its own data."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """Name of the product, the help line to call, and whether this reader wants large letters.

    `contact` is `settings.CONTACT` (a line such as "咨询电话 022-12345678"), empty when none is set.
    """
    return {
        "site_name": settings.SITE_NAME,
        "contact": settings.CONTACT,
        "large_letters": request.COOKIES.get("large") == "1",
    }
