from django.db import models

from portal.models.users import User


class AuditEvent(models.Model):
    """Who did what to what, written in the transaction that did it; never changed, never deleted.

    `subject` names the thing as text ("case:12"), so that the trail outlives every table; `changes`
    holds field → [before, after] with personal data masked. `for_whom` is the person a client named as acting.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=60, db_index=True)
    for_whom = models.CharField("代表", max_length=80, blank=True)  # whom a client says it acts for
    request = models.CharField(max_length=64, blank=True)  # the id of the request of a client
    place_code = models.CharField(max_length=12, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "审计记录"

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
