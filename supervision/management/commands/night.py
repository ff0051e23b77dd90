import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from supervision import actions, dues, figures, keeping
from supervision.forms.days import DayForm


class Command(BaseCommand):
    help = "立即进行夜间检查：统计和判断街道以上的所有地方。--on 日期；--catch-up 补做错过的；--again 重做当天"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", default="")
        parser.add_argument("--catch-up", action="store_true")
        parser.add_argument("--again", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one night, or the missed ones too, and tell in words what was done."""
        form = DayForm({"on": options["on"]})
        if not form.is_valid():
            self.stderr.write(form.errors["on"][0])
            sys.exit(2)
        on = form.cleaned_data["on"]
        _fold()
        nights = actions.catch_up(on) if options["catch_up"] else [actions.night(on, again=options["again"])]
        for done in nights:
            self.stdout.write(_told(done))
        for day in dues.settle(on, most=100):
            self.stdout.write(f"{figures.day(day)}：到期的目标已按当天判断")
        _fold()


def _fold() -> None:
    """What waits goes in first, while few days are kept, and what came meanwhile last."""
    while keeping.fold():
        pass


def _told(done: actions.Night) -> str:
    if done.state == "already":
        return f"{figures.day(done.on)}：已经检查过，或者正在检查"
    parts = [
        f"{figures.day(done.on)}：检查了 {done.places} 个地方",
        f"统计数更新 {done.counts} 处",
        f"目标结论更新 {done.judgements} 条",
        "当天之后已有检查，提醒保持不变" if done.alerts_kept else f"新提醒 {done.opened} 条，解除 {done.closed} 条",
    ]
    if done.differences:
        parts.append(f"核对发现 {done.differences} 处与重算不一致，已按重算更正")
    if done.skipped:
        parts.insert(0, f"停了太久，最早的 {done.skipped} 天没有补做")
    return "，".join(parts)
