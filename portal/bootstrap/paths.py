"""Where things stand in a checkout. Everything made by the commands lives in `.venv/` and `var/`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_VENV = VAR / "node-venv"
REDIS_VENV = VAR / "redis-venv"
VENDOR = VAR / "vendor"
FONTS = VAR / "fonts"
REQUIREMENTS = ROOT / "requirements"

# The interpreter that is not inside an environment: the one that owns venv and pip.
BASE_PYTHON = getattr(sys, "_base_executable", None) or sys.executable
