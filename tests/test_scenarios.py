"""Each scenario reaches its outcome, by its cause, with its architecture."""

import pytest

from engine.advice import decide_until
from engine.decision import find_decisive
from engine.forces import view
from tests.real import KNOWLEDGE, advice, requirements

EXPECTATIONS = [(name, point) for name, one in KNOWLEDGE.scenarios.items() for point in one.expect]
DRAWN = [name for name, one in KNOWLEDGE.scenarios.items() if one.components is not None]
REMOVALS = [(name, criterion) for name, one in KNOWLEDGE.scenarios.items() for criterion in one.without]


@pytest.mark.parametrize(("name", "point"), EXPECTATIONS)
def test_scenario_reaches_its_outcome_by_its_cause(name, point):
    scenario = KNOWLEDGE.scenarios[name]
    expected = scenario.expect[point]
    given = requirements(scenario.requirements)
    now = view(KNOWLEDGE, given.lens, given.as_of)
    ruling = decide_until(now, given, point)
    if expected.status:
        assert advice(scenario.requirements).decisions[point].status == expected.status
    assert set(ruling.chosen) == set(expected.choose)
    if expected.because:
        decisive = find_decisive(now.points[point], ruling, given.priorities)
        assert expected.because in [cause.id for cause in decisive]  # without it the choice would differ


@pytest.mark.parametrize("name", DRAWN)
def test_architecture_is_exact(name):
    scenario = KNOWLEDGE.scenarios[name]
    drawn = advice(scenario.requirements).architecture
    assert scenario.components is not None
    assert scenario.connections is not None
    assert {one.id for one in drawn.components} == set(scenario.components)
    edges = {f"{one.source} -> {one.target}: {one.kind}" for one in drawn.connections}
    assert edges == set(scenario.connections)


@pytest.mark.parametrize(("name", "criterion"), REMOVALS)
def test_taking_an_answer_away_takes_its_parts_away(name, criterion):
    scenario = KNOWLEDGE.scenarios[name]
    answers = {one: value for one, value in scenario.requirements.answers.items() if one != criterion}
    drawn = advice(scenario.requirements, answers=answers).architecture
    left = {one.id for one in drawn.components if not one.open}
    assert left.isdisjoint(scenario.without[criterion])
    before = {one.id for one in advice(scenario.requirements).architecture.components}
    assert before.issuperset(scenario.without[criterion])


def test_architecture_names_no_scenario():
    names = [*KNOWLEDGE.scenarios, *KNOWLEDGE.examples]
    written = KNOWLEDGE.architecture.model_dump_json()
    assert not [name for name in names if name in written]
