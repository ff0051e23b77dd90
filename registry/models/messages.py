from django.conf import settings
from django.db import models

from portal.crypto import SealedTextField
from registry.models.cases import Case


class Notice(models.Model):
    """A line in somebody's in-box; nothing has to be read to go on working. `key` keeps it from being told twice."""

    class Kind(models.TextChoices):
        STEP = "step", "办件进展"
        SOON = "soon", "即将到期"
        LATE = "late", "超期"
        RAISED = "raised", "超期上报"
        DEBT = "debt", "容缺材料"
        OPINION = "opinion", "征求意见"
        HANDED = "handed", "交接"
        OTHER = "other", "其他"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="notices")
    kind = models.CharField("种类", max_length=8, choices=Kind, default=Kind.STEP)
    key = models.CharField(max_length=60)
    text = models.CharField("内容", max_length=200)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_notice_of_a_key")]
        verbose_name = verbose_name_plural = "消息"

    def __str__(self) -> str:
        return self.text


class Dispatch(models.Model):
    """A message on its way out of the house, by e-mail or SMS. Written with what caused it, sent by a task.

    `key` keeps it from being sent twice; after `until` it is of no use to anybody and is not sent any more.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "电子邮件"
        SMS = "sms", "短信"

    class State(models.TextChoices):
        WAITING = "waiting", "待发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "发送失败"

    channel = models.CharField("渠道", max_length=6, choices=Channel)
    key = models.CharField(max_length=80, unique=True)
    address = SealedTextField("地址")
    subject = models.CharField("标题", max_length=120, blank=True)
    body = SealedTextField("内容")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="+")
    place_code = models.CharField(max_length=12)
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["next_at"], condition=models.Q(state="waiting"), name="dispatch_waiting")]
        verbose_name = verbose_name_plural = "外发消息"

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.subject}"


class Wording(models.Model):
    """The words of a message as a county wants them; where none stand, the portal's own are used."""

    place_code = models.CharField(max_length=12)
    event = models.CharField("场合", max_length=20)
    channel = models.CharField("渠道", max_length=6, choices=Dispatch.Channel)
    subject = models.CharField("标题", max_length=120, blank=True)
    body = models.TextField("内容")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["place_code", "event"]
        constraints = [models.UniqueConstraint(fields=["place_code", "event", "channel"], name="one_wording")]
        verbose_name = verbose_name_plural = "消息模板"

    def __str__(self) -> str:
        return self.event
