"""Conditions in three values: holds, fails, unknown; what does not arise has no value."""

from datetime import date
from itertools import product

import pytest

from engine.conditions import Truth, arises, find_impossible, in_force, judge, judge_all, judge_any
from engine.models import Condition, Impossible
from engine.quantity import read_quantity
from tests.small_world import criterion, said

HOLDS, FAILS, UNKNOWN = Truth.HOLDS, Truth.FAILS, Truth.UNKNOWN


def words(*given):
    return frozenset(given)


# test of a condition -> the values for which it holds, and those for which it fails
SETS = [
    ({"any_of": ("a", "b")}, [words("a"), words("b"), words("a", "c")], [words("c"), words()]),
    (("a", "b"), [words("b")], [words("c"), words()]),  # a plain list means any of
    ({"none_of": ("a", "b")}, [words("c"), words()], [words("a"), words("b", "c")]),
    ({"all_of": ("a", "b")}, [words("a", "b"), words("a", "b", "c")], [words("a"), words("b", "c"), words()]),
]
QUANTITIES = [
    ({"over": "1.5 MB"}, ["1.51 MB", "1 GB"], ["1.5 MB", "1500 KB", "1.49 MB"]),
    ({"up_to": "1.5 MB"}, ["1.5 MB", "1500 KB", "0 B"], ["1.51 MB", "1 GB"]),
    ({"under": "60 s"}, ["59 s", "999 ms"], ["60 s", "1 min", "61 s"]),
    ({"at_least": "60 s"}, ["60 s", "1 min", "2 h"], ["59 s"]),
    ({"over": "1 MB", "up_to": "2 MB"}, ["1.1 MB", "2 MB"], ["1 MB", "2.1 MB"]),
]
DATES = [
    ({"before": date(2027, 3, 16)}, [date(2027, 3, 15)], [date(2027, 3, 16), date(2027, 3, 17)]),
    ({"after": date(2027, 3, 15)}, [date(2027, 3, 16)], [date(2027, 3, 15), date(2027, 3, 14)]),
    ({"after": date(2027, 1, 1), "before": date(2027, 1, 3)}, [date(2027, 1, 2)], [date(2027, 1, 1), date(2027, 1, 3)]),
]
CASES = [*SETS, *DATES] + [
    (test, [read_quantity(one) for one in holds], [read_quantity(one) for one in fails])
    for test, holds, fails in QUANTITIES
]


@pytest.mark.parametrize(("test", "holding", "failing"), CASES, ids=[str(case[0]) for case in CASES])
def test_condition_on_both_sides_of_its_edge(test, holding, failing):
    condition = Condition.model_validate(test)
    assert [judge(condition, "x", {"x": value}) for value in holding] == [HOLDS] * len(holding)
    assert [judge(condition, "x", {"x": value}) for value in failing] == [FAILS] * len(failing)


@pytest.mark.parametrize("test", [case[0] for case in CASES], ids=str)
def test_not_answered_is_unknown_and_what_does_not_arise_only_fits_none_of(test):
    condition = Condition.model_validate(test)
    assert judge(condition, "x", {"y": words("a")}) is UNKNOWN
    assert judge(condition, "x", {"x": None}) is (HOLDS if condition.none_of else FAILS)


@pytest.mark.parametrize(
    "truths", list(product(Truth, repeat=3)), ids=lambda truths: "-".join(one.value for one in truths)
)
def test_all_conditions_must_hold_and_one_row_of_many(truths):
    when = {str(place): Condition(any_of=("yes",)) for place in range(3)}
    values = {
        str(place): words("yes" if one is HOLDS else "no") for place, one in enumerate(truths) if one is not UNKNOWN
    }
    unknown = tuple(str(place) for place, one in enumerate(truths) if one is UNKNOWN)
    both = FAILS if FAILS in truths else UNKNOWN if unknown else HOLDS
    assert judge_all(when, values) == (both, unknown if both is UNKNOWN else ())
    either = HOLDS if HOLDS in truths else UNKNOWN if unknown else FAILS
    assert judge_any([{name: condition} for name, condition in when.items()], values) is either


def test_no_condition_holds_and_no_row_fails():
    assert judge_all({}, {}) == (HOLDS, ())
    assert judge_any([], {}) is FAILS
    assert judge_any([{}], {}) is HOLDS


CHAIN = {
    one.id: one
    for one in (
        criterion("code", answers="sql own"),
        criterion("framework", answers="keras torch", asked_when={"code": ["own"]}),
        criterion("scale", answers="one many", asked_when={"framework": ["torch"]}),
        criterion("plain", answers="a b", asked_when={"framework": {"none_of": ["torch"]}}),
    )
}
ARISES = [  # answers -> does framework, scale, plain arise?
    ({}, (UNKNOWN, UNKNOWN, UNKNOWN)),
    ({"code": words("own")}, (HOLDS, UNKNOWN, UNKNOWN)),
    ({"code": words("sql")}, (FAILS, FAILS, HOLDS)),
    ({"code": words("own"), "framework": words("torch")}, (HOLDS, HOLDS, FAILS)),
    ({"code": words("own"), "framework": words("keras")}, (HOLDS, FAILS, HOLDS)),
    ({"code": words("sql"), "framework": words("torch")}, (FAILS, FAILS, HOLDS)),  # an answer without effect
    ({"framework": words("torch")}, (UNKNOWN, HOLDS, FAILS)),
]


@pytest.mark.parametrize(("answers", "expected"), ARISES, ids=str)
def test_a_question_arises_by_the_questions_before_it(answers, expected):
    assert tuple(arises(CHAIN, name, answers) for name in ("framework", "scale", "plain")) == expected
    assert arises(CHAIN, "code", answers) is HOLDS
    assert arises(CHAIN, "not-a-criterion", answers) is HOLDS


@pytest.mark.parametrize(("answers", "expected"), ARISES, ids=str)
def test_what_does_not_arise_has_no_value_whatever_was_answered(answers, expected):
    values = in_force(CHAIN, answers)
    for name, truth in zip(("framework", "scale", "plain"), expected, strict=True):
        if truth is FAILS:
            assert values[name] is None
        else:
            assert values.get(name, "unknown") == answers.get(name, "unknown")


def test_an_empty_answer_is_a_statement():
    values = in_force({"data": criterion("data", "many", "a b")}, {"data": words()})
    assert values == {"data": words()}


def test_impossible_combinations_are_found_only_when_they_hold():
    rows = [
        Impossible.model_validate({"id": name, "when": when, "because": said(name)})
        for name, when in {"both": {"x": ["a"], "y": ["b"]}, "alone": {"x": ["c"]}}.items()
    ]

    def found(values):
        return [one.id for one in find_impossible(rows, values)]

    assert found({"x": words("a"), "y": words("b")}) == ["both"]
    assert found({"x": words("a", "c"), "y": words("b")}) == ["both", "alone"]
    assert found({"x": words("a")}) == []
    assert found({"x": words("a"), "y": None}) == []


def test_a_question_that_does_not_arise_makes_nothing_impossible():
    row = Impossible.model_validate({"id": "r", "when": {"a": {"none_of": ["b"]}}, "because": said("r")})
    assert find_impossible([row], {"a": frozenset("c")}) == [row]
    assert find_impossible([row], {"a": None}) == []
    assert find_impossible([row], {}) == []
