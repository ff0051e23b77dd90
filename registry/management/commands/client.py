"""Other systems on the command line: their keys, and what they may do where."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.errors import Refusal
from portal.models import Client
from registry import clients
from registry.scope import Role

ONE = ("show", "rotate", "suspend", "resume")


class Command(BaseCommand):
    help = "接入方：新建、查看、换密钥、停用、恢复、授权、收回授权。密钥只显示一次。"

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        make = acts.add_parser("make", help="新建接入方")
        make.add_argument("name", help="名称")
        make.add_argument("grants", nargs="*", metavar="角色@区划", help=f"例如 applicant@120103；{_roles()}")
        make.add_argument("--mail", default="", help="通知邮箱")
        make.add_argument("--per-minute", type=int, default=600, help="每分钟最多次数")
        acts.add_parser("list", help="列出接入方")
        words = {"show": "查看", "rotate": "换密钥，旧的立即失效", "suspend": "停用，立即生效", "resume": "恢复"}
        for act in ONE:
            acts.add_parser(act, help=words[act]).add_argument("name", help="名称")
        for act, help in {"grant": "授权", "revoke": "收回授权，立即生效"}.items():
            one = acts.add_parser(act, help=help)
            one.add_argument("name", help="名称")
            one.add_argument("grants", nargs="+", metavar="角色@区划", help=_roles())

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options)
        except Refusal as no:
            raise CommandError(no.reason) from no

    def _make(self, options: dict[str, Any]) -> None:
        if options["per_minute"] < 1:
            raise CommandError("--per-minute 至少是 1")
        grants = [_grant(one) for one in options["grants"]]
        key = clients.make(options["name"], grants, mail=options["mail"], per_minute=options["per_minute"])
        self.stdout.write(f"已新建接入方“{key.client}”")
        self._key(key)
        self._show(options)

    def _list(self, options: dict[str, Any]) -> None:
        rows = Client.objects.select_related("application")
        for one in rows:
            self.stdout.write(f"{one.name}  {one.application.client_id}  {_state(one)}")
        if not rows:
            self.stdout.write("还没有接入方")

    def _show(self, options: dict[str, Any]) -> None:
        one = _find(options["name"])
        self.stdout.write(f"名称：{one.name}（{_state(one)}）\nclient_id：{one.application.client_id}")
        self.stdout.write(f"每分钟最多：{one.per_minute} 次\n通知邮箱：{one.mail or '无'}")
        offices = list(one.user.offices.in_force(timezone.localdate()).select_related("place"))
        for office in offices:
            self.stdout.write(f"授权：{office.role}@{office.place.code}（{office.get_role_display()}，{office.place}）")
        for scope in clients.granted(offices):
            self.stdout.write(f"  scope {scope}")
        if not offices:
            self.stdout.write("授权：无")

    def _rotate(self, options: dict[str, Any]) -> None:
        key = clients.rotate(_find(options["name"]))
        self.stdout.write("密钥已更换，旧密钥和已发的令牌都失效了")
        self._key(key)

    def _suspend(self, options: dict[str, Any]) -> None:
        clients.suspend(_find(options["name"]))
        self.stdout.write("已停用，已发的令牌都失效了")

    def _resume(self, options: dict[str, Any]) -> None:
        clients.resume(_find(options["name"]))
        self.stdout.write("已恢复，用原来的密钥重新换取令牌")

    def _grant(self, options: dict[str, Any]) -> None:
        one = _find(options["name"])
        for role, code in map(_grant, options["grants"]):
            self.stdout.write(f"已授权：{clients.grant(one, role, code)}")

    def _revoke(self, options: dict[str, Any]) -> None:
        one = _find(options["name"])
        for role, code in map(_grant, options["grants"]):
            self.stdout.write(f"已收回：{clients.revoke(one, role, code)}")

    def _key(self, key: clients.Key) -> None:
        self.stdout.write(f"client_id：{key.client_id}\nclient_secret：{key.client_secret}")
        self.stdout.write("密钥只显示这一次，请马上妥善保存")


def _roles() -> str:
    return "角色：" + "、".join(f"{role.value} {role.label}" for role in Role)


def _state(one: Client) -> str:
    return f"{timezone.localtime(one.suspended_at):%Y-%m-%d %H:%M} 起停用" if one.suspended_at else "启用"


def _find(name: str) -> Client:
    found = Client.objects.select_related("application", "user").filter(name=name).first()
    if found is None:
        raise CommandError(f"没有名为“{name}”的接入方")
    return found


def _grant(text: str) -> tuple[str, str]:
    role, at, code = text.partition("@")
    if not (role and at and code):
        raise CommandError(f"授权写成 角色@区划，例如 applicant@120103：{text}")
    return role, code
