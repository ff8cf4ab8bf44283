"""Is each decision point whole? No gap, no option that cannot win, no rule that cannot matter; with an example each."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from engine.forces import PointView, View, view
from engine.gaps import find_gap
from engine.knowledge import Knowledge
from engine.models import Lens
from engine.requirements import Value, write_answer
from engine.worlds import Table
from engine.yaml_files import Fault, Path_

LENSES: tuple[Lens, ...] = ("production", "exam")
LARGEST_SHARE = 0.2  # of worlds that the file's order may decide without a word about it


def find_unsound(knowledge: Knowledge, today: date, shares: Mapping[str, float]) -> Iterator[Fault]:
    """Every way in which a decision point is not whole, in either lens; `shares` as `shares_of_order` gives them."""
    views = [view(knowledge, lens, today) for lens in LENSES]
    for name in knowledge.decisions:
        for one in views:
            yield from _gaps(one, name)
        tables = [_table(one, name) for one in views]
        yield from _losers(knowledge, tables)
        yield from _dead_rules(knowledge, tables)
        yield from _ties(knowledge, tables[0].point, shares.get(name, 0.0))


def shares_of_order(knowledge: Knowledge, today: date) -> dict[str, float]:
    """For each point that picks one: the share of worlds in which only the order of the file decides."""
    now = view(knowledge, "production", today)
    return {
        name: round(_table(now, name).share_of_order(), 3)
        for name, point in now.points.items()
        if point.point.picks == "one"
    }


@lru_cache(maxsize=256)
def _table(now: View, name: str) -> Table:
    return Table(now, now.points[name])


def _gaps(now: View, name: str) -> Iterator[Fault]:
    gap = find_gap(now, name)
    if gap is None:
        return
    if gap.world is None:
        yield _fault(
            now.knowledge,
            now.points[name],
            (),
            f"no gap is found in the {now.lens} lens, and none disproved",
            "simplify it",
        )
        return
    example = ", ".join(f"{criterion}: {_write(value)}" for criterion, value in sorted(gap.world.items()))
    message = f"nothing is left in the {now.lens} lens when {example}"
    yield _fault(now.knowledge, now.points[name], (), message, "spare an option, or declare it under conflicts")


def _losers(knowledge: Knowledge, tables: list[Table]) -> Iterator[Fault]:
    winners = frozenset.union(*(table.find_winners() for table in tables))
    point = tables[0].point
    for place, option in enumerate(point.point.options):
        if option.id not in winners:
            message = f"no answers and no single priority let {option.id} win, in either lens"
            yield _fault(knowledge, point, ("options", place), message, "let a rule favour it where it is right")


def _dead_rules(knowledge: Knowledge, tables: list[Table]) -> Iterator[Fault]:
    point = tables[0].point
    for place, rule in enumerate(point.point.rules):
        acting = [
            (table, force)
            for table in tables
            for force in table.point.forces
            if force.cause.kind == "rule" and force.cause.id == rule.id
        ]
        if not any(table.find_effect(force) for table, force in acting):
            message = f"the rule {rule.id} changes no outcome: others decide wherever it holds"
            yield _fault(knowledge, point, ("rules", place), message, "remove it, or let it decide somewhere")
            continue
        wasted = [table.find_waste(force) for table, force in acting]
        if wasted and all(wasted):
            message = f"the rule {rule.id} favours {wasted[0]}, which is ruled out wherever it holds"
            yield _fault(knowledge, point, ("rules", place), message, "take one of the two back")


def _ties(knowledge: Knowledge, point: PointView, share: float) -> Iterator[Fault]:
    if share > LARGEST_SHARE and not point.point.order_suffices:
        message = f"in {share:.0%} of the worlds only the order of the file decides"
        yield _fault(knowledge, point, ("options",), message, "add a preference, or say under order_suffices why not")


def _fault(knowledge: Knowledge, point: PointView, path: Path_, message: str, remedy: str) -> Fault:
    file = f"decisions/{point.point.id}.yaml"
    document = knowledge.documents.get(file)
    return Fault(file, message, remedy, ".".join(map(str, path)), document.line(path) if document and path else None)


def _write(value: Value) -> str:
    written = write_answer(value)
    return f"[{', '.join(written)}]" if isinstance(written, tuple) else str(written)
