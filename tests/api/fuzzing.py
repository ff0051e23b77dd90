"""schemathesis over every operation of the document, as each kind of client, over real HTTP.

`python -m tests.api.fuzzing [examples]` fills the database of `DATABASE_URL` with the demo data, starts the portal
and prints what each kind of client was told. It ends with 1 when an answer was not as the document says.
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.api.live import server

ROOT = Path(__file__).resolve().parent.parent.parent
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "ignored_auth",
    "unsupported_method",
)
SEED = "20260302"
SCENE = "import django, runpy; django.setup(); runpy.run_module('tests.api.fuzz_scene', run_name='__main__')"


@dataclass(frozen=True)
class Told:
    """What one kind of client was told: cases, answers by status, the failures found (title, operation)."""

    who: str
    cases: int
    statuses: Counter[int]
    failures: list[str]
    seconds: float

    @property
    def line(self) -> str:
        told = " ".join(f"{status}:{count}" for status, count in sorted(self.statuses.items()))
        return f"{self.who:10} {self.cases:6} cases {self.seconds:5.0f} s  failures {len(self.failures)}  {told}"


def document(url: str, folder: Path) -> Path:
    """The OpenAPI document of a running portal, as a file."""
    path = folder / "openapi.json"
    path.write_bytes(urllib.request.urlopen(f"{url}/api/v1/openapi.json", timeout=60).read())
    return path


def fuzz(
    url: str,
    contract: Path,
    folder: Path,
    *,
    who: str,
    token: str,
    examples: int,
    phases: str = "coverage,fuzzing",
    known: dict[str, Any] | None = None,
    more: Iterable[str] = (),
) -> Told:
    """Run schemathesis as one kind of client, `examples` a phase and operation."""
    report, tally = folder / f"{who}.json", folder / f"{who}.tally"
    tally.write_text("")
    command = [str(Path(sys.executable).parent / "schemathesis"), "run", str(contract), "-u", url, "-w", "2"]
    command += ["-c", ",".join(CHECKS), "--phases", phases, "-n", str(examples), "--continue-on-failure"]
    command += ["--report", "json", "--report-json-path", str(report), "--generation-database", "none"]
    command += ["--seed", SEED, "--no-color", "--no-shrink", "--request-timeout", "60", *more]
    command += ["-H", f"Authorization: Bearer {token}"] if token else []
    env = {
        "SCHEMATHESIS_HOOKS": "tests.api.fuzz_hooks",
        "FUZZ_TALLY": str(tally),
        "FUZZ_KNOWN": json.dumps(known or {}),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(command, cwd=folder, env=os.environ | env, capture_output=True, text=True)
    (folder / f"{who}.log").write_text(done.stdout + done.stderr)
    if not report.is_file():
        raise AssertionError(done.stdout[-3000:] + done.stderr[-3000:])
    return _told(who, json.loads(report.read_text()), tally)


def _told(who: str, report: dict[str, Any], tally: Path) -> Told:
    statuses = Counter(int(line.split()[-1]) for line in tally.read_text().splitlines())
    failures = [f"{one['title']}: {'; '.join(one['operations'])}" for one in report["failures"]]
    failures += [f"{one['title']} ×{one['count']}" for one in report["errors"]]
    return Told(who, report["test_cases"]["generated"], statuses, failures, report["running_time"])


def main(words: list[str]) -> int:
    """The long run, on a database of its own."""
    examples = int(words[0]) if words else 12
    folder = Path(words[1]) if len(words) > 1 else Path(tempfile.mkdtemp(prefix="portal-fuzz-"))
    env = {"SANDBOX": "1", "VAR_DIR": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    os.environ |= env
    subprocess.run([sys.executable, "-c", SCENE, str(folder / "keys.json")], cwd=ROOT, check=True)
    tokens = json.loads((folder / "keys.json").read_text())
    with server(folder, **env) as url:
        contract = document(url, folder)
        found = []
        for who, one in tokens.items():
            found.append(
                fuzz(url, contract, folder, who=who, token=one["token"], examples=examples, known=one["known"])
            )
            print(found[-1].line, flush=True)
            for failure in found[-1].failures:
                print(f"    {failure}", flush=True)
    print(f"{sum(one.cases for one in found)} cases in all; logs in {folder}")
    broken = [status for one in found for status in one.statuses if status >= 500]
    return 1 if broken or any(one.failures for one in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
