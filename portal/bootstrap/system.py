"""Programs of the machine that pip cannot bring: found, or installed where we may."""

import os
import shutil

from portal.bootstrap.shell import Trouble, quietly, say


def in_ci() -> bool:
    """CI sets CI=true: there nothing may be skipped."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def installed(names: tuple[str, ...], *, package: str) -> str:
    """Path of the first program found; as root on Debian it is installed first. Trouble when neither works."""
    found = first(names)
    if found:
        return found
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Trouble(f"这台机器上没有 {names[0]}，也没有权限安装。请让管理员安装软件包 {package}。")
    say(f"正在安装 {package}（apt-get）…")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    quietly(["apt-get", "update", "-qq"], what="更新软件源", env=quiet)
    quietly(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], what=f"安装 {package}", env=quiet)
    found = first(names)
    if not found:
        raise Trouble(f"装好了 {package}，但找不到 {names[0]}。")
    return found


def first(names: tuple[str, ...]) -> str | None:
    """The first of these programs on the PATH."""
    return next((path for path in map(shutil.which, names) if path), None)
