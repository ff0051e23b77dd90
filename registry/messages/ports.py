"""The ways out of the house. E-mail goes through Django's mail settings (`EMAIL_URL`), SMS through a port.

A port is a class with `send`, named in `settings.SMS_PORT`; `FileSms` is the one that needs nothing installed.
"""

import os
import secrets
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.module_loading import import_string


class SmsPort(Protocol):
    """What a way to send an SMS must be able to do."""

    def send(self, phone: str, text: str, *, key: str) -> None:
        """Hand one message over; any exception means it was not taken and is tried again later.

        The same `key` may come twice after a crash: a gateway that knows keys sends it once.
        """


class FileSms:
    """Writes every message into a file of its own under `settings.SMS_FOLDER`: number, empty line, text."""

    def send(self, phone: str, text: str, *, key: str) -> None:
        folder = Path(settings.SMS_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{timezone.localtime():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}.txt"
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{phone}\n\n{text}\n")


def sms(phone: str, text: str, *, key: str) -> None:
    """Send one SMS through the port the settings name."""
    import_string(settings.SMS_PORT)().send(phone, text, key=key)


def email(address: str, subject: str, text: str, *, key: str) -> None:
    """Send one e-mail; the key becomes part of its Message-ID, so that a repeated one can be recognised."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<{key.replace(':', '.')}@{domain}>"}
    EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [address], headers=headers).send()
