"""What the panel explains: a component of the architecture, a decision, or both."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.advice import Advice, Decision, Status
from engine.architecture import Component

SEVERITY: tuple[Status, ...] = ("conflict", "open", "provisional", "pinned", "settled", "not-applicable")

TELLING = {"serve": 2, "train": 1}  # lanes to look at first: what answers, then what learns


@dataclass(frozen=True)
class Selection:
    """`points` are the decisions that the component stands for, `point` is the one that is explained."""

    component: Component | None = None
    point: str | None = None
    points: tuple[str, ...] = ()

    @property
    def component_id(self) -> str | None:
        return self.component.id if self.component else None


def find_selection(advice: Advice, component: str | None, point: str | None) -> Selection:
    """The nearest to what was chosen that the advice still holds; without a choice something telling."""
    there = {one.id: one for one in advice.architecture.components}
    if component in there:
        return _select(advice, there[str(component)], point)
    if point in advice.decisions:
        return _select(advice, _find_component(advice, str(point)), point)
    return _find_telling(advice)


def _select(advice: Advice, component: Component | None, point: str | None) -> Selection:
    points = _live(advice.decisions, component.decisions) if component else ()
    if point in advice.decisions and point not in points:
        return Selection(component, point, (str(point),))
    return Selection(component, point if point in points else next(iter(points), None), points)


def _live(decisions: Mapping[str, Decision], points: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in points if decisions[one].status != "not-applicable")


def _find_component(advice: Advice, point: str) -> Component | None:
    """The component that stands for a decision, foremost or at all."""
    components = advice.architecture.components
    foremost = (one for one in components if one.decisions[:1] == (point,))
    return next(foremost, None) or next((one for one in components if point in one.decisions), None)


def _find_telling(advice: Advice) -> Selection:
    """A conflict first, else the drawn decision that rules out most options, in the most telling lane."""
    worst = next((name for name, one in advice.decisions.items() if one.status == "conflict"), None)
    if worst:
        return _select(advice, _find_component(advice, worst), worst)
    drawn = [one for one in advice.architecture.components if _live(advice.decisions, one.decisions)]
    if not drawn:
        return Selection(point=next(iter(in_order_of_need(advice)), None))
    return _select(advice, max(drawn, key=lambda one: _telling(advice, one)), None)


def _telling(advice: Advice, component: Component) -> tuple[int, int]:
    decision = advice.decisions[_live(advice.decisions, component.decisions)[0]]
    ruled_out = sum(one.state == "ruled-out" for one in decision.verdicts.values())
    return TELLING.get(component.lane, 0), ruled_out


def in_order_of_need(advice: Advice) -> list[str]:
    """The decisions that apply: in graph order, once there is a conflict with the most severe first."""
    points = [name for name, one in advice.decisions.items() if one.status != "not-applicable"]
    if advice.has_conflict:
        points.sort(key=lambda name: SEVERITY.index(advice.decisions[name].status))
    return points
