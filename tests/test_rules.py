"""Laws over all rules: each fires for its own conditions and waits when nothing is known."""

from datetime import timedelta
from decimal import Decimal

import pytest

from engine.conditions import Truth, judge_all
from engine.graph import PREFIX
from engine.quantity import Quantity
from tests.real import KNOWLEDGE

RULES = {rule.id: (point, rule) for point in KNOWLEDGE.decisions.values() for rule in point.rules}


def _fitting(condition, known):
    """A value for which the condition holds."""
    if condition.none_of is not None:
        return frozenset([word for word in known if word not in condition.none_of][:1])
    if condition.values:
        return frozenset(condition.all_of or condition.values[:1])
    if condition.quantities:
        low = condition.over or condition.at_least
        high = condition.up_to or condition.under
        if low and high:
            return Quantity((low.number_in(high.unit) + high.number) / 2, high.unit)
        return Quantity(low.number * 2, low.unit) if low else Quantity(high.number / Decimal(2), high.unit)
    if condition.before:
        return condition.before - timedelta(days=1)
    return condition.after + timedelta(days=1)


def _known(subject):
    if subject.startswith(PREFIX):
        return KNOWLEDGE.options[subject.removeprefix(PREFIX)]
    return [answer.id for answer in KNOWLEDGE.criteria[subject].answers]


@pytest.mark.parametrize("name", RULES)
def test_rule_fires_for_its_own_conditions(name):
    _, rule = RULES[name]
    values = {subject: _fitting(condition, _known(subject)) for subject, condition in rule.when.items()}
    assert judge_all(rule.when, values) == (Truth.HOLDS, ())


@pytest.mark.parametrize("name", RULES)
def test_rule_waits_when_nothing_is_known(name):
    _, rule = RULES[name]
    assert judge_all(rule.when, {}) == (Truth.UNKNOWN, tuple(rule.when))


@pytest.mark.parametrize("name", RULES)
def test_rule_conditions_can_hold_together_with_their_questions_asked(name):
    """A rule must not test a question that its own conditions keep from being asked."""
    _, rule = RULES[name]
    for subject in rule.when:
        criterion = KNOWLEDGE.criteria.get(subject)
        for parent, asked in (criterion.asked_when if criterion else {}).items():
            if parent in rule.when and rule.when[parent].any_of and asked.any_of:
                assert set(rule.when[parent].values) & set(asked.values), (parent, subject)
