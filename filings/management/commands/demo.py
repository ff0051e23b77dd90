"""Load demo places, policy packs, people and a believable register; print the demo accounts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from filings.demo import cases, people, register
from registry import policies
from registry.candidates import night
from registry.models import Jurisdiction, Organisation, PolicyPack
from registry.places import actions as places


class Command(BaseCommand):
    help = "载入演示用的地方、政策、人员和登记册；已有数据时不动。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="只列出演示账号")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"]:
            return self._accounts()
        if not PolicyPack.objects.exists():
            policies.load()
        if Organisation.objects.exists() or Jurisdiction.objects.exists():
            self.stdout.write("已有数据，演示数据不再载入。")
            return None
        with transaction.atomic():
            self._load()
        return None

    def _load(self) -> None:
        self.stdout.write(f"地方：{places.load_demo()} 个")
        made = people.cast()
        total = 0
        for county, code in people.COUNTIES.items():
            total += register.fill(code, serial=total + 1)
            cases.open_some(made[county], people.seat(code, Jurisdiction.Level.COMMUNITY))
        near = night.reassess(timezone.localdate())
        self.stdout.write(f"组织：{total} 个，其中 {near.suggested} 个离登记不远，已建议列入拟登记台账")

    def _accounts(self) -> None:
        self.stdout.write(f"演示账号（密码都是 {people.PASSWORD}）：")
        for username, who, does in people.accounts():
            self.stdout.write(f"  {username:18} {who}：{does}")
