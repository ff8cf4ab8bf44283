"""Is a choice settled? Proved over every allowed completion of the unanswered criteria, or refuted by a witness.

`Possible` over-approximates what a point can still decide: waiting forces are free to act or not. When only one
outcome is possible, the choice is proved. Otherwise the search answers one more criterion, one class of values after
the other, and asks again; a partial answer under which the current outcome is impossible is a witness. The search
is exact: it ends with a proof, a witness, or, past its budget of steps, with "not proved".
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.conditions import Truth, Values, arises, find_impossible, in_force, judge, judge_all
from engine.decision import rule_on
from engine.dependence import ancestry, bounding, hears, partial_classes, relevant_criteria, value_classes
from engine.forces import Force, PointView, View
from engine.graph import PREFIX
from engine.models import Choice, Condition, Criterion, Quality, When
from engine.requirements import Value

BUDGET = 400  # steps of the search for one point: a count, not a time, so that the answer is the same on every machine
IDLE_BUDGET = 40  # for a point that does not apply: nobody waits for how firm that is
NOT_APPLICABLE, CONFLICT, WAITING = "not-applicable", "conflict", "waiting"
_UNKNOWN = object()  # marks a missing answer in a key of the memory
Result = frozenset[str] | str  # the chosen options, or one of the words above


@dataclass(frozen=True, slots=True)
class Possible:
    """What a point can still decide: words, and sets of options that hold all of `sure` and some of `maybe`.

    In picks one exactly one option is chosen, so that several candidates are all `maybe`.
    """

    many: bool
    words: frozenset[str] = frozenset()
    chooses: bool = True  # whether options can be chosen at all
    sure: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()

    def is_only(self, result: Result) -> bool:
        if isinstance(result, str):
            return not self.chooses and self.words == {result}
        return self.chooses and not self.words and not self.maybe and self.sure == result

    def excludes(self, result: Result) -> bool:
        if isinstance(result, str):
            return result not in self.words
        return not self.chooses or not (self.sure <= result <= self.sure | self.maybe)

    @property
    def is_one(self) -> bool:
        return len(self.words) + self.chooses == 1 and not self.maybe

    def judge(self, condition: Condition) -> Truth:
        """Judge a condition on this decision over everything that is still possible."""
        truths = {_judge_word(condition, word) for word in self.words}
        if self.chooses:
            truths |= set(self._judge_choices(condition))
        return truths.pop() if len(truths) == 1 else Truth.UNKNOWN

    def _judge_choices(self, condition: Condition) -> Iterator[Truth]:
        if not self.many:
            choices = [frozenset([option]) for option in self.sure | self.maybe]
        elif condition.all_of is not None:
            choices = [self.sure, self.sure | self.maybe]
        else:
            wanted = frozenset(condition.values)
            choices = [self.sure | (self.maybe - wanted), self.sure | self.maybe]
        yield from (judge(condition, "", {"": choice}) for choice in choices)


@dataclass(frozen=True, slots=True)
class Proof:
    """`proved` either way; `witness` holds answers under which the choice differs (none: it is settled)."""

    proved: bool
    witness: Mapping[str, Value] | None = None
    matters: tuple[str, ...] = ()  # unanswered criteria that can still change the choice, most telling first

    @property
    def settled(self) -> bool:
        return self.proved and self.witness is None


@dataclass(frozen=True)
class Question:
    """What stays fixed while completions of the answers are tried."""

    view: View
    answers: Mapping[str, Value]
    priorities: tuple[Quality, ...]
    choices: Mapping[str, Choice]


def prove(question: Question, point: str, current: Result) -> Proof:
    """Prove that every allowed completion gives `current`, or find one that does not."""
    search = Search(question, point, current)
    if len(search.memory) > LARGEST_MEMORY:
        search.memory.clear()
    matters = search.matters(dict(question.answers))
    known = question.view.knowledge
    if find_impossible(known.impossible, in_force(known.criteria, question.answers)):
        return Proof(False, None, matters)  # no completion is allowed: nothing can be proved of it
    try:
        witness = search.find_short_witness(dict(question.answers)) or search.find_witness(dict(question.answers))
    except BudgetSpentError:
        return Proof(False, None, matters)
    if witness is None:
        return Proof(True)
    added = {name: value for name, value in witness.items() if name not in question.answers}
    first = [name for name in added if name in matters]
    return Proof(True, added, tuple(dict.fromkeys([*first, *matters])))


_Memory = dict[tuple[object, ...], tuple[Possible, "Counter[str]"]]
LARGEST_MEMORY = 100_000


@lru_cache(maxsize=16)
def _memory(view: View, priorities: tuple[Quality, ...]) -> _Memory:  # noqa: ARG001 - they are the key
    """Judgements already made under a view and priorities; they never change what is found, only how fast."""
    return {}


class BudgetSpentError(Exception):
    """The search has used up its steps."""


class Search:
    """Depth first over classes of answers, pruned wherever only one outcome is left."""

    def __init__(self, question: Question, point: str, current: Result) -> None:
        self.question = question
        self.point = point
        self.current = current
        self.points = ancestry(question.view, point)
        known = question.view.knowledge.criteria
        binding = frozenset(
            name for name in question.answers if arises(known, name, question.answers) is Truth.UNKNOWN
        )  # their answers say that the questions before them have answers of which they arise
        self.criteria = relevant_criteria(question.view, point, binding)
        self.classes = value_classes(question.view, point, binding)
        self.partial = partial_classes(question.view, point, binding)
        self.impossible = bounding(question.view, self.criteria)
        self.stated = [
            name for name in question.answers if arises(self.criteria, name, question.answers) is not Truth.FAILS
        ]
        self.hard_only = False  # whether only what can make a conflict at the point is of interest
        self.steps = 0
        self.budget = IDLE_BUDGET if current == NOT_APPLICABLE else BUDGET
        self.memory = _memory(question.view, question.priorities)

    def find_short_witness(self, answers: dict[str, Value]) -> dict[str, Value] | None:
        """One more answer that changes the outcome by itself: most witnesses are like this, and people prefer them."""
        _, live = self._possible(answers)
        subjects = dict.fromkeys(first_unasked(self.criteria, name, answers) for name, _ in live.most_common())
        for subject in filter(None, subjects):
            for value in self.classes[subject]:
                longer = answers | {subject: value}
                excluded = self._possible(longer)[0][self.point].excludes(self.current)
                if excluded and self.allowed(longer) and self.completable(longer):
                    return longer
        return None

    def find_witness(self, answers: dict[str, Value]) -> dict[str, Value] | None:
        """Answers, more than the given ones, under which the point decides otherwise; None: there are none."""
        self.steps += 1
        if self.steps > self.budget:
            raise BudgetSpentError
        possible, live = self._possible(answers)
        if possible[self.point].is_only(self.current):
            return None
        if possible[self.point].excludes(self.current):
            return answers if self.completable(answers) else None
        subject = self._next_subject(live, answers)
        if subject is None:
            return answers if self._decides_otherwise(answers) and self.completable(answers) else None
        for value in self.classes[subject]:
            longer = answers | {subject: value}
            if self.allowed(longer):
                witness = self.find_witness(longer)
                if witness is not None:
                    return witness
        if subject in self.partial:
            raise BudgetSpentError  # not all sets of its answers were tried
        return None

    def matters(self, answers: dict[str, Value]) -> tuple[str, ...]:
        """The unanswered criteria that live forces wait for, here and in the ancestors that they listen to."""
        _, live = self._possible(answers)
        return tuple(name for name, _ in live.most_common())

    def _possible(self, answers: Mapping[str, Value]) -> tuple[dict[str, Possible], Counter[str]]:
        values = in_force(self.criteria, answers)
        possible: dict[str, Possible] = {}
        waits: dict[str, Counter[str]] = {}
        for view in self.points:
            point = view.point.id
            possible[point], waits[point] = self.judge_once(view, values, possible)
        return possible, trace_back(self.point, waits)

    def judge_once(
        self, view: PointView, values: Values, possible: Mapping[str, Possible]
    ) -> tuple[Possible, Counter[str]]:
        """Judge a point, or remember the judgement: most steps change nothing that it hears."""
        heard = (  # a criterion may have the name of a decision
            possible[name.removeprefix(PREFIX)] if name.startswith(PREFIX) else values.get(name, _UNKNOWN)
            for name in hears(view)
        )
        pin = self.question.choices.get(view.point.id) if view.point.id != self.point else None
        hard_only = self.hard_only and view.point.id == self.point
        key = (view.point.id, hard_only, pin and pin.options, *heard)
        if key not in self.memory:
            self.memory[key] = judge_point(view, values, possible, self.question.priorities, pin, hard_only)
        return self.memory[key]

    def _next_subject(self, live: Counter[str], answers: Mapping[str, Value]) -> str | None:
        """The criterion that most live forces wait for; whether it is asked at all comes first."""
        for name, _ in live.most_common():
            asked = first_unasked(self.criteria, name, answers)
            if asked is not None:
                return asked
        return None

    def allowed(self, answers: Mapping[str, Value]) -> bool:
        if any(arises(self.criteria, name, answers) is Truth.FAILS for name in self.stated):
            return False
        return not find_impossible(self.impossible, in_force(self.criteria, answers))

    def completable(self, answers: dict[str, Value]) -> bool:
        """Whether some full set of answers contains these: a witness must be part of an allowed world."""
        subject = self._undecided(answers)
        if subject is None:
            return self.allowed(answers)
        longer = (answers | {subject: value} for value in self.classes[subject])
        return any(self.allowed(one) and self.completable(one) for one in longer)

    def _undecided(self, answers: Mapping[str, Value]) -> str | None:
        """A criterion still to be answered before it is sure that the answers are allowed."""
        values = in_force(self.criteria, answers)
        judged = [judge_all(row.when, values) for row in self.impossible]
        waits_for = [subjects[0] for truth, subjects in judged if truth is Truth.UNKNOWN]
        waits_for += [name for name in self.stated if arises(self.criteria, name, answers) is Truth.UNKNOWN]
        return next(filter(None, (first_unasked(self.criteria, name, answers) for name in waits_for)), None)

    def _decides_otherwise(self, answers: Mapping[str, Value]) -> bool:
        """Nothing that matters is unknown any more: let the naive evaluator decide."""
        values: dict[str, Value | None] = dict(in_force(self.criteria, answers))
        result: Result = WAITING
        for view in self.points:
            pin = self.question.choices.get(view.point.id) if view.point.id != self.point else None
            ruling = rule_on(view, values, self.question.priorities)
            result = frozenset(ruling.chosen) if ruling.outcome == "chosen" else ruling.outcome
            if ruling.outcome == NOT_APPLICABLE:
                values[PREFIX + view.point.id] = None
            elif pin:
                values[PREFIX + view.point.id] = frozenset(pin.options)
            elif isinstance(result, frozenset):
                values[PREFIX + view.point.id] = result
        return result != self.current


def judge_point(
    view: PointView,
    values: Values,
    possible: Mapping[str, Possible],
    priorities: tuple[Quality, ...],
    pin: Choice | None,
    hard_only: bool = False,
) -> tuple[Possible, Counter[str]]:
    """What one point can still decide, and what its live forces wait for (if `hard_only`: those that can conflict)."""
    many = view.point.picks == "many"
    applies, waits_for = _judge_when(view.point.applies_when, values, possible)
    if applies is Truth.FAILS:
        return Possible(many, frozenset([NOT_APPLICABLE]), False), Counter()
    waits = Counter(waits_for)
    words = frozenset([NOT_APPLICABLE, WAITING]) if applies is Truth.UNKNOWN else frozenset()
    if pin:
        return Possible(True, words, True, frozenset(pin.options)), waits  # heard as a whole, whatever the point picks
    judged = [(force, *_judge_when(force.when, values, possible)) for force in view.forces]
    sure = [force for force, truth, _ in judged if truth is Truth.HOLDS]
    free = [force for force, truth, _ in judged if truth is Truth.UNKNOWN]
    found = (_possible_many if many else _possible_one)(view, sure, free, priorities)
    alive = _bound(view, sure) if found.words else found.sure | found.maybe
    for force, truth, subjects in judged:
        # what requires a removed option counts too: it makes a conflict
        touched = force.removes if hard_only else force.removes | force.weights.keys()
        if truth is Truth.UNKNOWN and (force.requires or not alive.isdisjoint(touched)):
            waits.update(subjects)
    if found.is_one and not words:
        waits.clear()
    return Possible(many, found.words | words, found.chooses, found.sure, found.maybe), waits


def _bound(view: PointView, sure: Iterable[Force]) -> frozenset[str]:
    """The options that nothing has surely removed."""
    removed = {option for force in sure for option in force.removes} | view.out_of_scope
    return frozenset(option.id for option in view.point.options if option.id not in removed)


def _judge_when(when: When, values: Values, possible: Mapping[str, Possible]) -> tuple[Truth, tuple[str, ...]]:
    waits_for = []
    for subject, condition in when.items():
        if subject.startswith(PREFIX):
            truth = possible[subject.removeprefix(PREFIX)].judge(condition)
        else:
            truth = judge(condition, subject, values)
        if truth is Truth.FAILS:
            return Truth.FAILS, ()
        if truth is Truth.UNKNOWN:
            waits_for.append(subject)
    return (Truth.UNKNOWN if waits_for else Truth.HOLDS), tuple(waits_for)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """An option between its worst and its best case."""

    option: str
    surely_out: bool
    maybe_out: bool
    surely_required: bool
    maybe_required: bool
    strong: tuple[int, int]
    slight: tuple[int, int]
    grades: tuple[int, ...]
    order: int

    def surely_beats(self, other: "_Bounds") -> bool:
        mine = (self.strong[0], self.grades, self.slight[0], -self.order)
        return not self.maybe_out and mine > (other.strong[1], other.grades, other.slight[1], -other.order)


def _bounds(view: PointView, sure: list[Force], free: list[Force], priorities: tuple[Quality, ...]) -> list[_Bounds]:
    found = []
    for order, option in enumerate(view.point.options):
        name = option.id
        certain = [force.weights[name] for force in sure if name in force.weights]
        open_ = [force.weights[name] for force in free if name in force.weights]
        ranges = [
            (
                sum(one[tier] for one in certain) + sum(min(0, one[tier]) for one in open_),
                sum(one[tier] for one in certain) + sum(max(0, one[tier]) for one in open_),
            )
            for tier in (0, 1)
        ]
        out = name in view.out_of_scope or any(name in force.removes for force in sure)
        required = any(name in force.requires for force in sure)
        found.append(
            _Bounds(
                option=name,
                surely_out=out,
                maybe_out=out or any(name in force.removes for force in free),
                surely_required=required,
                maybe_required=required or any(name in force.requires for force in free),
                strong=ranges[0],
                slight=ranges[1],
                grades=tuple(view.grades[name][quality] for quality in priorities),
                order=order,
            )
        )
    return found


def _possible_one(view: PointView, sure: list[Force], free: list[Force], priorities: tuple[Quality, ...]) -> Possible:
    standing = [one for one in _bounds(view, sure, free, priorities) if not one.surely_out]
    words = frozenset([CONFLICT]) if all(one.maybe_out for one in standing) else frozenset()
    winners = frozenset(one.option for one in standing if not any(other.surely_beats(one) for other in standing))
    if len(winners) == 1:
        return Possible(False, words, True, sure=winners)
    return Possible(False, words, bool(winners), maybe=winners)


def _possible_many(view: PointView, sure: list[Force], free: list[Force], priorities: tuple[Quality, ...]) -> Possible:
    bounds = _bounds(view, sure, free, priorities)
    if any(one.surely_required and one.surely_out for one in bounds):
        return Possible(True, frozenset([CONFLICT]), False)
    clash = any(one.maybe_required and one.maybe_out for one in bounds)
    inside = frozenset(
        one.option
        for one in bounds
        if not one.maybe_out and (one.surely_required or (one.strong[0], one.slight[0]) > (0, 0))
    )
    perhaps = frozenset(
        one.option
        for one in bounds
        if not one.surely_out and (one.maybe_required or (one.strong[1], one.slight[1]) > (0, 0))
    )
    return Possible(True, frozenset([CONFLICT]) if clash else frozenset(), True, inside, perhaps - inside)


def _judge_word(condition: Condition, word: str) -> Truth:
    if word == NOT_APPLICABLE:
        return Truth.HOLDS if condition.none_of is not None else Truth.FAILS
    return Truth.UNKNOWN


def trace_back(point: str, waits: Mapping[str, Counter[str]]) -> Counter[str]:
    """Criteria waited for, followed through the upstream decisions that are waited for."""
    found: Counter[str] = Counter()
    seen, queue = {point}, [point]
    while queue:
        for subject, count in waits[queue.pop()].items():
            upstream = subject.removeprefix(PREFIX)
            if upstream == subject:
                found[subject] += count
            elif upstream not in seen:
                seen.add(upstream)
                queue.append(upstream)
    return found


def first_unasked(criteria: Mapping[str, Criterion], name: str, answers: Mapping[str, Value]) -> str | None:
    """The criterion itself, or the one that decides whether it arises; None when nothing is left to ask."""
    truth = arises(criteria, name, answers)
    if truth is Truth.UNKNOWN:
        for subject in criteria[name].asked_when:
            found = first_unasked(criteria, subject, answers)
            if found is not None:
                return found
    return name if truth is not Truth.FAILS and name not in answers else None
