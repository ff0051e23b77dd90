"""`lint`, `fmt`, `bench`: the state of the code."""

import tempfile
from pathlib import Path

from portal.bootstrap import nation, postgres
from portal.bootstrap.paths import ROOT, VENV
from portal.bootstrap.prepare import SETTINGS, manage, prepare
from portal.bootstrap.shell import run, say, status

# Checks look at code: they must not reach for a database that happens to be configured.
NO_SERVERS = {"DATABASE_URL": None, "REDIS_URL": None}
MEASURED = ("places", "board", "trial", "api")
TEMPLATE_FOLDERS = ("templates", "portal/templates", "registry/templates")


def lint(words: list[str]) -> int:
    """Every check runs even after one has failed, so that one look shows everything; 1 when any failed."""
    python = prepare("dev", with_assets=False)
    failed = [name for name, command in checks(python).items() if not passes(name, command)]
    say(f"没有通过：{'、'.join(failed)}" if failed else "代码检查全部通过。")
    return 1 if failed else 0


def passes(name: str, command: list[str | Path]) -> bool:
    """Run one check under its name."""
    say(f"— {name}")
    return status(command, env=SETTINGS | NO_SERVERS) == 0


def checks(python: Path) -> dict[str, list[str | Path]]:
    """Name of a check -> its command line."""
    tool = python.parent
    return {
        "ruff": [tool / "ruff", "check", "."],
        "格式": [tool / "ruff", "format", "--check", "."],
        "类型": [tool / "mypy"],
        "分层约定": [tool / "lint-imports", "--no-logo"],
        "缺少的迁移": manage(python, "makemigrations", "--check", "--dry-run"),
        "接口文档": manage(python, "apidoc", "--check"),
        "模板": [*djade(python), "--check", *templates()],
    }


def fmt(words: list[str]) -> int:
    """Write code and templates in the one form, and what the API says about itself."""
    python = prepare("dev", with_assets=False)
    run([python.parent / "ruff", "check", "--fix-only", "."])
    run([python.parent / "ruff", "format", "."])
    status([*djade(python), *templates()])
    status(manage(python, "apidoc"), env=SETTINGS | NO_SERVERS)
    return 0


def djade(python: Path) -> list[str | Path]:
    """The formatter of templates, at our Django."""
    return [python.parent / "djade", "--target-version", "5.2"]


def templates() -> list[Path]:
    """Every template of the checkout."""
    return sorted(path for folder in TEMPLATE_FOLDERS for path in (ROOT / folder).rglob("*.html"))


def bench(words: list[str]) -> int:
    """Measure on a PostgreSQL of our own, with the nation's places (or those in the folder named after the command)."""
    python = prepare("test")
    folder = words[0] if words else str(nation.ensure())
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as work:
        with postgres.server(VENV, Path(work) / "pg") as database:
            env = SETTINGS | {"DATABASE_URL": database, "REDIS_URL": None, "SECRET_KEY": "only-for-measuring"}
            return max([status([python, "-m", f"benchmarks.{name}", folder], env=env) for name in MEASURED])
