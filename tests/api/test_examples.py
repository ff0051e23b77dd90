"""Every example of the document is sent as it is shown, in its order, and answered as it is shown.

`RECORD_EXAMPLES=1` writes the answers of the run into the stories; then `manage.py apidoc` puts them into the document.
"""

import os
from types import SimpleNamespace

import pytest
import time_machine
from jsonschema import Draft202012Validator

from portal.api.schema import stories, writing
from portal.api.schema.whole import operations
from tests.api import playing, scenes

STORIES = sorted(stories.FOLDER.glob("*.yaml"))
RECORD = os.environ.get("RECORD_EXAMPLES") == "1"
NOW = "2026-11-20T10:00:00+08:00"
# Operations without an example, each with its reason. Nothing else may be without.
WITHOUT: dict[str, str] = {}


@pytest.fixture
def world(places, cast, speak, settings):
    with time_machine.travel(NOW):
        yield SimpleNamespace(places=places, cast=cast, speak=speak, settings=settings)


@pytest.fixture(scope="module")
def contracts():
    """Operation id -> its contract, of the committed document."""
    return {operation["operationId"]: operation for _, _, operation in operations(writing.document())}


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_runs_as_it_is_shown(path, world, client, contracts):
    story = stories.read(path)
    given = scenes.EVERY[story["scene"]](world)
    if RECORD:
        path.write_text(writing.dump(playing.write_down(story, world.speak, given, client)), encoding="utf-8")
        return
    for step, response in playing.play(story, world.speak, given, client):
        if response is None:
            continue
        shown, told = step["answer"], playing.hidden(playing.read(response))
        assert response.status_code == shown["status"], (step["title"], told)
        assert step.get("brief") or not playing.differences(shown.get("body"), told), step["title"]
        assert all(response.has_header(name) for name in shown.get("headers", {})), step["title"]
        assert not wrong(contracts[step["operation"]], response, told), step["title"]


def wrong(contract, response, told) -> list[str]:
    """What the answer has that the document does not say."""
    answer = contract["responses"].get(str(response.status_code))
    if answer is None:
        return [f"{contract['operationId']} 没有写 {response.status_code}"]
    answer = resolve(answer)
    if told is None or "json" not in response["Content-Type"]:
        return []
    schema = answer["content"][response["Content-Type"].partition(";")[0]]["schema"]
    validator = Draft202012Validator({**schema, "components": writing.document()["components"]})
    return [f"{one.json_path}：{one.message}" for one in validator.iter_errors(told)]


def resolve(value):
    for part in value.get("$ref", "").removeprefix("#/").split("/") if "$ref" in value else []:
        value = writing.document()[part] if part == "components" else value[part]
    return value


def test_every_operation_has_an_example(contracts, capsys):
    shown = {step.operation for _, steps in stories.every() for step in steps}
    with capsys.disabled():
        for name, reason in WITHOUT.items():
            print(f"没有例子：{name}（{reason}）")
    assert contracts.keys() - shown == WITHOUT.keys()


def test_no_example_names_an_operation_that_is_gone(contracts):
    assert {step.operation for _, steps in stories.every() for step in steps} <= contracts.keys()
