"""`python3 -m portal.bootstrap COMMAND`: the list of commands, and nothing else."""

import sys
from collections.abc import Callable

from portal.bootstrap import quality, serve, suites
from portal.bootstrap.shell import Trouble, say

Command = Callable[[list[str]], int]

COMMANDS: dict[str, tuple[Command, str]] = {
    "run": (serve.serve, "装好一切并在 http://127.0.0.1:8000 打开门户（HOST、PORT 可改）"),
    "test": (suites.test, "装好一切并跑测试（SQLite，不需要任何服务器）"),
    "lint": (quality.lint, "代码检查：ruff、格式、类型、分层约定、迁移、模板"),
    "fmt": (quality.fmt, "整理代码和模板的格式"),
    "bench": (quality.bench, "量一量速度（全国区划、看板、夜间检查）"),
    "demo": (serve.demo, "只准备演示数据，不启动"),
    "demo-reset": (serve.demo_reset, "演示库从头再来（旧库留作 var/before-reset.sqlite3）"),
    "worker": (serve.worker, "只启动后台任务（含定时）"),
    "test-pg": (suites.test_pg, "在真实的 PostgreSQL、Redis 和后台任务上跑全部测试"),
    "e2e": (suites.e2e, "在无界面 Chromium 里走完整流程"),
    "fuzz": (suites.fuzz, "用 schemathesis 把接口的每个操作试几千遍，各种接入方，真实的 PostgreSQL"),
    "help": (lambda words: usage(), "列出这些命令"),
}


def usage() -> int:
    """One line a command, in both forms."""
    say("用法：make 命令，没有 make 时用 python3 -m portal.bootstrap 命令\n")
    for name, (_, meaning) in COMMANDS.items():
        say(f"  {name:<11} {meaning}")
    return 0


def main(words: list[str]) -> int:
    """Run one command; 0 is well, 1 is trouble (told in Chinese), 2 is a command we do not know."""
    name, rest = (words[0], words[1:]) if words else ("help", [])
    if name not in COMMANDS:
        usage()
        say(f"\n没有这个命令：{name}")
        return 2
    try:
        return COMMANDS[name][0](rest)
    except Trouble as trouble:
        sys.stdout.flush()
        print(f"\n{trouble}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
