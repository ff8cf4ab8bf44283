"""The guide against the knowledge: considerations with points and scenarios, options with scenarios."""

from dataclasses import replace

from engine.coverage import find_matrix, find_uncovered
from engine.models import Scenario
from tests.small_world import knowledge, point, said

PART = {"id": "1.1", "title": said("part"), "considerations": [{"id": "1.1.a", "text": said("a")}]}
SECTIONS = [{"id": "1", "title": said("section"), "weight": 100, "subsections": [PART]}]


def scenario(objectives, expect):
    words = {"title": said("t"), "story": said("s"), "requirements": {}}
    return Scenario.model_validate({"id": "s", "objectives": objectives, "expect": expect} | words)


def world(objectives, *scenarios):
    known = knowledge(decisions=[point("p", "x y", objectives=objectives)], edition={"sections": SECTIONS})
    return replace(known, scenarios={one.id: one for one in scenarios})


def test_what_nothing_names_is_found():
    assert [fault.message for fault in find_uncovered(world(["1.1"]))] == [
        "no decision point names the consideration 1.1.a",
        "no scenario names the consideration 1.1.a",
        "no scenario expects x",
        "no scenario expects y",
    ]


def test_what_a_point_and_a_scenario_name_is_covered():
    whole = world(["1.1.a"], scenario(["1.1.a"], {"p": {"choose": ["x"]}}))
    assert [fault.message for fault in find_uncovered(whole)] == ["no scenario expects y"]
    (row,) = find_matrix(whole)
    assert (row.consideration, row.points, row.scenarios, row.is_covered) == ("1.1.a", ("p",), ("s",), True)
