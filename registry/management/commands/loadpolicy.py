from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry import policies
from registry.policy.files import PackError


class Command(BaseCommand):
    help = "载入政策文件。内容没有变化的不产生新版本；任何一处有误则全部不写入。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", default=str(policies.DEMO), help="存放 *.yaml 的目录")

    def handle(self, *args: object, **options: object) -> None:
        try:
            changes = policies.load(str(options["directory"]))
        except PackError as error:
            raise CommandError(f"{error}。未写入任何内容") from error
        for line in (line for change in changes for line in change.lines):
            self.stdout.write(line)
