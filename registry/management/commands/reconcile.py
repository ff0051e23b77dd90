import datetime as dt

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.errors import Refusal
from registry.exchange import platforms, pushing, reconciling, telling
from registry.exchange.fields import MappingError
from registry.exchange.mapping import Platform
from registry.models import Push, Reconciliation


class Command(BaseCommand):
    """Hold a day against a platform's list; read a mapping file beforehand; send refused records again."""

    help = "和政务服务平台对账：逐条比较当日推送，缺的重新推送。--check 只读对照文件，--again 重推平台不接收的记录。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--platform", required=True, help="对照文件的名称，如 example")
        parser.add_argument("--day", type=dt.date.fromisoformat, default=None, help="哪一天，默认昨天")
        parser.add_argument("--check", action="store_true", help="只检查对照文件，列出每种记录和假定的字段，不联网")
        parser.add_argument("--again", action="store_true", help="平台不接收的记录按现在的数据和对照文件重新推送")

    def handle(self, *, platform: str, day: dt.date | None, check: bool, again: bool, **options) -> None:
        try:
            if check:
                return self._check(platforms.mapping(platform))
            line = platforms.line(platform)
        except MappingError as fault:
            raise CommandError(str(fault)) from fault
        except KeyError as fault:
            raise CommandError(f"没有接入“{platform}”：PLATFORMS 里没有它") from fault
        if again:
            return self.stdout.write(f"重新推送 {pushing.again(line.platform)} 条")
        try:
            self._told(reconciling.reconcile(line, day or timezone.localdate() - dt.timedelta(days=1)))
        except Refusal as no:
            raise CommandError(no.reason) from no

    def _check(self, found: Platform) -> None:
        self.stdout.write(f"{found.title}：{found.since} 起提交的办件\n{found.note}")
        for one in found.records:
            self.stdout.write(f"  {one.code}\t{one.title}\t{len(one.fields)} 个字段")
        self.stdout.write(f"假定的字段 {len(found.assumed())} 个：")
        for title, one in found.assumed():
            self.stdout.write(f"  {title}\t{one.name}\t{one.source or '常数'}\t{one.note}")

    def _told(self, found: Reconciliation) -> None:
        self.stdout.write(f"{found.platform} {found.day}：本系统 {found.ours} 条，平台 {found.theirs} 条")
        left = Push.objects.filter(platform=found.platform).exclude(state=Push.State.SENT)
        self.stdout.write(
            f"还没有送到 {left.filter(state=Push.State.WAITING).count()} 条，平台不接收 "
            f"{left.filter(state=Push.State.REFUSED).count()} 条"
        )
        for one in found.differences:
            words = telling.WORDS[one["kind"]]
            self.stdout.write(
                f"  {words}\t{one['number']}\t{one['sequence']}\t{one['ours'][:12]}\t{one['theirs'][:12]}"
            )
        self.stdout.write("一致" if not found.differences else f"差异 {len(found.differences)} 条；平台缺的已排队重推")
