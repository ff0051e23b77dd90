import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.errors import Refusal
from registry import places
from supervision import boards, figures
from supervision.forms.days import DayForm


class Command(BaseCommand):
    help = "一个地方的各项目标、现状和差额，与看板一致。--place 区划代码（2、4、6、9 或 12 位） --on 日期"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", required=True)
        parser.add_argument("--on", default="")
        parser.add_argument("--format", choices=["json", "table"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the board; unusable input ends with exit code 2 and the reason."""
        form = DayForm({"on": options["on"]})
        if not form.is_valid():
            self._refuse(form.errors["on"][0])
        try:
            board = boards.coverage(places.find(options["place"]), form.cleaned_data["on"])
        except Refusal as refusal:
            self._refuse(refusal.reason)
        if options["format"] == "json":
            self.stdout.write(json.dumps(board.to_json(), ensure_ascii=False, indent=2))
        else:
            self._table(board)

    def _refuse(self, reason: str) -> None:
        self.stderr.write(reason)
        sys.exit(2)

    def _table(self, board: boards.Board) -> None:
        self.stdout.write(f"{board.place.name}　{figures.day(board.on)}")
        for held in board.held:
            words = held.words
            value = held.figure.text if held.figure else "暂无数据"
            parts = [held.label, value, words["wanted"], words["verdict"], words["short"], words["when"]]
            source = f"{held.parameter.document} {held.parameter.clause}"
            self.stdout.write("　".join(filter(None, [*parts, source])))
        for row in board.rows:
            cells = [f"{figure.indicator.label} {figure.text}" for figure in row.figures]
            self.stdout.write(f"{row.code} {row.name}：" + "，".join(cells))
