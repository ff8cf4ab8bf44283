"""Conditions judged in three values: holds, fails, or unknown while an answer is missing."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum

from engine.models import Condition, Criterion, Impossible, When
from engine.quantity import Quantity
from engine.requirements import Value

# criterion or decision.<id> -> its value; None: the question does not arise; absent: unknown
Values = Mapping[str, Value | None]


class Truth(Enum):
    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


def judge(condition: Condition, subject: str, values: Values) -> Truth:
    """Judge one condition. What does not arise has no value: only `none_of` holds then."""
    if subject not in values:
        return Truth.UNKNOWN
    value = values[subject]
    if value is None:
        holds = condition.none_of is not None
    elif isinstance(value, frozenset):
        holds = _judge_set(condition, value)
    elif isinstance(value, Quantity):
        holds = _judge_quantity(condition, value)
    else:
        holds = _judge_date(condition, value)
    return Truth.HOLDS if holds else Truth.FAILS


def judge_all(when: When, values: Values) -> tuple[Truth, tuple[str, ...]]:
    """Judge conditions that must all hold; with the subjects that are still waited for."""
    waits_for = []
    for subject, condition in when.items():
        truth = judge(condition, subject, values)
        if truth is Truth.FAILS:
            return Truth.FAILS, ()
        if truth is Truth.UNKNOWN:
            waits_for.append(subject)
    return (Truth.UNKNOWN if waits_for else Truth.HOLDS), tuple(waits_for)


def judge_any(rows: Iterable[When], values: Values) -> Truth:
    """Judge rows of which one must hold."""
    truths = [judge_all(row, values)[0] for row in rows]
    if Truth.HOLDS in truths:
        return Truth.HOLDS
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.FAILS


def in_force(criteria: Mapping[str, Criterion], answers: Mapping[str, Value]) -> dict[str, Value | None]:
    """The answers that count: a question that does not arise has no value, whatever was answered before."""
    values: dict[str, Value | None] = {}
    for name, criterion in criteria.items():
        if criterion.asked_when and arises(criteria, name, answers) is Truth.FAILS:
            values[name] = None
        elif name in answers:
            values[name] = answers[name]
    return values


def arises(criteria: Mapping[str, Criterion], name: str, answers: Mapping[str, Value]) -> Truth:
    """Whether a question arises, by what was answered to the questions before it. A criterion not given arises."""
    if name not in criteria or not criteria[name].asked_when:
        return Truth.HOLDS
    known: dict[str, Value | None] = {}
    for subject in criteria[name].asked_when:
        if arises(criteria, subject, answers) is Truth.FAILS:
            known[subject] = None
        elif subject in answers:
            known[subject] = answers[subject]
    return judge_all(criteria[name].asked_when, known)[0]


def find_impossible(impossible: Iterable[Impossible], values: Values) -> list[Impossible]:
    """The impossible combinations that the values contain: of answers, so not of questions that do not arise."""
    return [
        one
        for one in impossible
        if judge_all(one.when, values)[0] is Truth.HOLDS and all(values[subject] is not None for subject in one.when)
    ]


def _judge_set(condition: Condition, value: frozenset[str]) -> bool:
    if condition.any_of is not None:
        return not value.isdisjoint(condition.any_of)
    if condition.none_of is not None:
        return value.isdisjoint(condition.none_of)
    return value.issuperset(condition.all_of or ())


def _judge_quantity(condition: Condition, value: Quantity) -> bool:
    return (
        (condition.over is None or value > condition.over)
        and (condition.up_to is None or value <= condition.up_to)
        and (condition.under is None or value < condition.under)
        and (condition.at_least is None or value >= condition.at_least)
    )


def _judge_date(condition: Condition, value: date) -> bool:
    return (condition.before is None or value < condition.before) and (
        condition.after is None or value > condition.after
    )
