"""Give somebody an account and an office, or end an office: how a new deployment gets its first people."""

import datetime as dt
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.errors import Refusal
from registry import offices
from registry.places import find
from registry.scope import Role


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as fault:
        raise CommandError(f"日期应写成 2026-03-01：{text}") from fault


class Command(BaseCommand):
    help = "开通账号并授予任职；加 --end 则结束该任职。新账号的初始密码只显示一次。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="用户名")
        parser.add_argument("--name", default="", help="姓名（新账号必填）")
        parser.add_argument("--role", required=True, choices=Role.values, help="角色")
        parser.add_argument("--place", required=True, help="区划代码，2、4、6、9 或 12 位")
        parser.add_argument("--title", default="", help="职务")
        parser.add_argument("--from", dest="starts", default="", help="任职日期，默认今天")
        parser.add_argument("--to", dest="ends", default="", help="离任日期（不含）")
        parser.add_argument("--end", action="store_true", help="从今天起结束这个任职")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        try:
            place = find(options["place"])
            if options["end"]:
                offices.end(options["username"], role=options["role"], place=place, on=today)
                self.stdout.write("任职已结束")
                return
            secret = secrets.token_urlsafe(12)
            made, new = offices.appoint(
                options["username"],
                name=options["name"],
                secret=secret,
                role=options["role"],
                place=place,
                title=options["title"],
                starts=_day(options["starts"]) if options["starts"] else today,
                ends=_day(options["ends"]) if options["ends"] else None,
            )
        except Refusal as no:
            raise CommandError(no.reason) from no
        self.stdout.write(f"已任职：{made}")
        if new:
            self.stdout.write(f"初始密码：{secret}")
