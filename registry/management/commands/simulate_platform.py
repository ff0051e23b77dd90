"""A platform as a client: files cases while the line breaks, receives events badly, and reckons what came of it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.sandbox.simulator.filing import Unexpected
from registry.sandbox.simulator.running import ALL, Run
from registry.sandbox.simulator.wire import Wire


class Command(BaseCommand):
    help = (
        "模拟一个政务服务平台：并行申报、重发、断线、乱发，推送不好好收，最后对账。有丢失、重复或系统出错时以 1 结束。"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", required=True, help="对方地址，例如 https://沙箱域名")
        parser.add_argument("--client-id", required=True)
        parser.add_argument("--client-secret", required=True)
        parser.add_argument("--cases", type=int, default=20, help="申报多少件")
        parser.add_argument("--faults", default=",".join(ALL), help="出哪些故障，逗号分开；none 为不出")
        parser.add_argument("--seed", default="1", help="同一个种子出同样的故障")
        parser.add_argument("--threads", type=int, default=8, help="同时几个请求")
        parser.add_argument("--place", default="", help="12 位区划代码，默认是能申报的第一个社区")
        parser.add_argument("--listen", default="127.0.0.1", help="在哪个地址收推送；对方要能连到这里")
        parser.add_argument("--patience", type=float, default=90, help="等答复和推送最多几秒")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = tuple(one for one in options["faults"].split(",") if one and one != "none")
        if unknown := [one for one in faults if one not in ALL]:
            raise CommandError(f"没有这种故障：{'、'.join(unknown)}。可以写 {'、'.join(ALL)}")
        wire = Wire(options["url"].rstrip("/"), options["client_id"], options["client_secret"])
        same = {name: options[name] for name in ("cases", "seed", "threads", "place", "listen", "patience")}
        run = Run(wire, faults=faults, say=self.stdout.write, **same)
        try:
            found = run.go()
        except (Unexpected, ConnectionError) as fault:
            raise CommandError(f"{fault}（{options['url']}）") from fault
        for what, meant, counted in found.lines:
            self.stdout.write(f"{what:　<10}{f'应有 {meant}，实有 ' if meant != '' else ''}{counted}")
        for one in found.wrong:
            self.stdout.write(f"× {one}")
        if found.wrong:
            raise CommandError(f"对账不平：{len(found.wrong)} 处")
        self.stdout.write("对账无误：没有丢失，没有重复，次序不乱")
