"""`manage.py apidoc`: write what the API says about itself into docs/api/; with `--check` only compare."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from portal.api import codes
from portal.api.schema import writing


class Command(BaseCommand):
    """Two files come from the code: the OpenAPI document and the list of problem codes."""

    help = "从代码生成 docs/api/openapi.yaml 和 docs/api/problems.yaml；--check 只比较，不写"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="有差别就报错，不写文件")

    def handle(self, *args: str, check: bool, **options: object) -> None:
        text, warnings = writing.generate()
        for one in warnings:
            self.stderr.write(one)
        made = {writing.PATH: text, codes.PATH: codes.write()}
        stale = [path for path, text in made.items() if not path.is_file() or path.read_text("utf-8") != text]
        if check and (stale or warnings):
            names = "、".join(path.name for path in stale)
            raise CommandError(
                f"接口文档与代码不一致：{names}。运行 manage.py apidoc 后一起提交。" if stale else "接口文档有警告"
            )
        for path in stale:
            path.write_text(made[path], encoding="utf-8")
            self.stdout.write(f"已写入 {path.name}")
