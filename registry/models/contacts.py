import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.crypto import SealedTextField
from registry.models.cases import Case
from registry.models.offices import DatedQuerySet
from registry.models.organisations import Organisation
from registry.models.people import LeaderTerm


class ContactQuerySet(DatedQuerySet):
    def in_force(self, day: dt.date | None = None) -> Self:
        """Contacts who speak for their organisation on a day: not ended, and their term as leader is not either."""
        return super().in_force(day).filter(term__ends=None)


class Contact(models.Model):
    """The leader who speaks for an organisation in the portal, let in by a code sent to the phone on record."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="contacts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    term = models.ForeignKey(LeaderTerm, models.PROTECT, related_name="contacts")
    phone = SealedTextField("电话")
    phone_index = models.CharField(max_length=64, db_index=True, editable=False)
    starts = models.DateField("自")
    ends = models.DateField("至（不含）", null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(ends=None), name="one_contact_at_a_time")
        ]
        verbose_name = verbose_name_plural = "组织联系人"

    def __str__(self) -> str:
        return f"{self.organisation} {self.user}"

    @property
    def is_current(self) -> bool:
        """Whether the leader still leads and still has the phone the contact was invited by."""
        return self.ends is None and self.term.ends is None and self.term.phone == self.phone


class Passcode(models.Model):
    """A code sent to a contact's phone: good for a few minutes, a few tries and one use."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="passcodes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "短信验证码"

    def __str__(self) -> str:
        return f"{self.made_at}"


class Rating(models.Model):
    """How somebody found the service: one a case, five levels, never shown to whoever handled the case."""

    LEVELS = [(5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意")]
    case = models.OneToOneField(Case, models.CASCADE, related_name="rating")
    level = models.PositiveSmallIntegerField("满意程度", choices=LEVELS)
    reasons = models.JSONField(default=list)
    text = models.CharField("说明", max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "好差评"

    def __str__(self) -> str:
        return self.get_level_display()
