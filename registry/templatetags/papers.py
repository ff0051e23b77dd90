"""Tags for printed papers."""

from django import template
from django.utils.safestring import SafeString

from registry.documents.render import qr

register = template.Library()


@register.simple_tag
def qr_image(url: str) -> SafeString:
    """A QR code of an address of ours, as an inline drawing."""
    return SafeString(qr(url))
