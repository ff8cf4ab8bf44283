"""Where everything of an architecture stands in its drawing: no hard faults, few crossings, always the same."""

from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from engine.architecture import Architecture
from engine.layout_draw import Variant, draw, sketch, straightened, with_controls
from engine.layout_faults import count_crossings, count_faults
from engine.layout_parts import Box, Edge, LabelBox, LaneBox, Layout, TitleBox
from engine.layout_plan import Plan, plan_drawing
from engine.models import Language

__all__ = ["Box", "Edge", "LabelBox", "LaneBox", "Layout", "TitleBox", "lay_out"]

MAX_WIDTH = 1080

_MOST_LANES_OFF = 2
_LANE_COST, _NEAR_RUN_COST = 3, 2  # in crossings
_POLYLINE_COST = 4  # slanting lines are less calm: they must save more than this
_STAGGERS, _ORDERS = (1, 2, 3), (1, 2)
_DENSE = 30  # lines above which less is tried, so that no drawing takes seconds
_ROUTED = 3  # so many sketches with the same number of lanes are worth routing
_STRAIGHTENED = 2  # so many of the best drawings are worth straightening
_ROOM = 1.12  # times as wide as asked or as the narrowest is acceptable, where none is narrow enough
_FEW = 3  # crossings with which a drawing is calm enough


class _Promise(NamedTuple):
    """What a sketch lets expect."""

    crossings: int
    area: float
    width: float


class _Rank(NamedTuple):
    """Hard faults first, then width where it is too much, then the sum of small faults, then the size."""

    hard_faults: int
    excess: float
    score: float
    area: float


class _Ranked(NamedTuple):
    rank: _Rank
    layout: Layout
    variant: Variant


@lru_cache(maxsize=256)
def lay_out(architecture: Architecture, language: Language, max_width: float = MAX_WIDTH) -> Layout:
    """The drawing with the least sum of crossings, 2 x near-runs and 3 x lanes left off, at most two of them.

    It is no wider than `max_width` (in px) if any drawing is. Where none is, it is a little wider; where that would
    not do, it goes without all lanes; and where that does not help, it is hardly wider than the narrowest.
    """
    plan = plan_drawing(architecture, language)
    if not plan.boxes:
        return with_controls(Layout(language), plan, max_width)
    max_width, (best, *others) = _search(plan, max_width)
    calm = _calmer(best, max_width)
    many = calm.rank.score > _LANE_COST * len(calm.layout.lanes_left_off) + _FEW
    if calm.rank.hard_faults or (many and len(plan.lines) <= _DENSE):
        slanting = _ranked(draw(plan, calm.variant, "polyline"), calm.variant, max_width)
        others = [_calmer(other, max_width) for other in others[: _STRAIGHTENED - 1]]
        calm = min(calm, *others, slanting, key=_rank)
    return with_controls(calm.layout, plan, max_width)


def _ranked(layout: Layout, variant: Variant, max_width: float) -> _Ranked:
    faults = count_faults(layout)
    lasting = _LANE_COST * len(layout.lanes_left_off) + (_POLYLINE_COST if layout.routing == "polyline" else 0)
    score = lasting + faults.crossings + _NEAR_RUN_COST * faults.near_runs
    excess = max(0.0, layout.width - max_width)
    return _Ranked(_Rank(faults.hard, excess, score, layout.width * layout.height), layout, variant)


def _rank(drawing: _Ranked) -> _Rank:
    return drawing.rank


def _calmer(drawing: _Ranked, max_width: float) -> _Ranked:
    """With straighter lines, unless something is lost by it, such as the place of a lane's title."""
    calm = _ranked(straightened(drawing.layout), drawing.variant, max_width)
    return calm if calm.rank[:3] <= drawing.rank[:3] else drawing


# --- the search -----------------------------------------------------------------------------------------------------


def _search(plan: Plan, max_width: float) -> tuple[float, list[_Ranked]]:
    """How wide a drawing may be, and drawings from the best on."""
    promises: dict[Variant, _Promise] = {}
    found = _leave_off_lanes(plan, max_width, promises)
    narrowest = min(promise.width for promise in promises.values())
    if not found and narrowest > _ROOM * max_width:
        found = _drawings(plan, _narrow_enough(plan, [tuple(_lanes(plan))], max_width, {}), max_width)
    if found:
        return max_width, found
    max_width = _ROOM * max(narrowest, max_width)
    variants = [variant for variant in promises if promises[variant].width <= max_width]
    return max_width, _drawings(plan, _best(variants, promises), max_width)


def _leave_off_lanes(plan: Plan, max_width: float, promises: dict[Variant, _Promise]) -> list[_Ranked]:
    """Drawings that are narrow enough, with more and more lanes left off as long as that could pay."""
    found: list[_Ranked] = []
    lanes = _lanes(plan)
    for lanes_off in range(min(_MOST_LANES_OFF, len(lanes)) + 1):
        if found and found[0].rank <= _Rank(0, 0, _LANE_COST * lanes_off, 0):
            break
        variants = _narrow_enough(plan, _lane_sets(lanes, lanes_off, promises), max_width, promises)
        found = sorted([*found, *_drawings(plan, variants, max_width)], key=_rank)
    return found


def _drawings(plan: Plan, variants: list[Variant], max_width: float) -> list[_Ranked]:
    return sorted((_ranked(draw(plan, variant, "ortho"), variant, max_width) for variant in variants), key=_rank)


def _lanes(plan: Plan) -> list[str]:
    """Those with boxes, in the order in which they are left off: sources first, since they are dashed anyway."""
    drawn = {box.lane for box in plan.boxes}
    return sorted((lane for lane, _ in plan.lanes if lane in drawn), key=lambda lane: lane != "sources")


def _lane_sets(lanes: list[str], lanes_off: int, promises: dict[Variant, _Promise]) -> list[tuple[str, ...]]:
    """Which lanes to leave off. Of the pairs, those with one of the two lanes without which it is narrowest."""
    sets = list(combinations(lanes, lanes_off))
    if lanes_off < _MOST_LANES_OFF:
        return sets
    singles = [variant for variant in promises if len(variant.lanes_left_off) == 1]
    singles.sort(key=lambda variant: promises[variant].width)
    best = list(dict.fromkeys(variant.lanes_left_off[0] for variant in singles))[:2]
    return [pair for pair in sets if set(pair) & set(best)]


def _narrow_enough(
    plan: Plan, lane_sets: list[tuple[str, ...]], max_width: float, promises: dict[Variant, _Promise]
) -> list[Variant]:
    """The most promising of those that are narrow enough; what each sketch promised is noted in `promises`."""
    fitting: list[Variant] = []
    for stagger in _STAGGERS if len(plan.lines) <= _DENSE else _STAGGERS[::2]:
        variants = [Variant(lanes_off, stagger) for lanes_off in lane_sets]
        promises |= {variant: _promise(plan, variant) for variant in variants}
        fitting = _best([variant for variant in variants if promises[variant].width <= max_width], promises)
        if fitting:
            break
    others = [replace(variant, order=order) for variant in fitting for order in _ORDERS]
    promises |= {variant: _promise(plan, variant) for variant in others}
    return _best([*fitting, *(variant for variant in others if promises[variant].width <= max_width)], promises)


def _promise(plan: Plan, variant: Variant) -> _Promise:
    """Count where the straight lines of a sketch cross: a good guess at what routing will find."""
    drawn = sketch(plan, variant)
    crossings, _ = count_crossings(drawn)
    return _Promise(crossings, drawn.width * drawn.height, drawn.width)


def _best(variants: list[Variant], promises: dict[Variant, _Promise]) -> list[Variant]:
    def cost(variant: Variant) -> tuple[float, float]:
        promise = promises[variant]
        return promise.crossings + _LANE_COST * len(variant.lanes_left_off), promise.area

    return sorted(variants, key=cost)[:_ROUTED]
