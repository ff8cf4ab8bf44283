"""The one call of every screen and command: requirements in, decisions with their reasons and the architecture out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from engine.architecture import Architecture, assemble
from engine.conditions import Truth, arises, find_impossible, in_force
from engine.decision import Ruling, State, Tier, find_causes, find_decisive, rule_on, why_not
from engine.dependence import ancestry
from engine.forces import Cause, Force, PointView, View, view
from engine.graph import PREFIX
from engine.knowledge import Knowledge
from engine.lifecycle import shutdown_of, stage_on, write_day
from engine.models import Lens, Stage, Text
from engine.requirements import Requirements, Value
from engine.stability import Proof, Question, first_unasked, prove

Status = Literal["settled", "provisional", "open", "conflict", "pinned", "not-applicable"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one option came out. `tier` and `because` say why it lost; for the chosen, why it won."""

    option: str
    state: State
    tier: Tier | None
    because: tuple[Cause, ...]
    strong: int
    priorities: tuple[int, ...]
    slight: int
    order: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided at one point. `would_choose` is the engine's own choice where a pin replaces it."""

    point: str
    status: Status
    chosen: tuple[str, ...]
    would_choose: tuple[str, ...]
    tier: Tier | None
    because: tuple[Cause, ...]
    decisive: tuple[Cause, ...]
    verdicts: Mapping[str, Verdict]
    forces: Mapping[Cause, Force]  # those that act, to show their words and sources
    proved: bool
    still_to_ask: tuple[str, ...]
    witness: Mapping[str, Value] | None
    status_because: tuple[Cause, ...]
    settled_if_usual: bool = False  # provisional, but settled as soon as the unanswered have their usual answers


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know that is no decision: an ending, an answer without effect, an impossible world."""

    kind: Literal["lifecycle", "unused-answer", "impossible", "before-facts"]
    id: str
    text: Text


@dataclass(frozen=True)
class Advice:
    knowledge: str
    lens: Lens
    as_of: date
    requirements: Requirements
    decisions: Mapping[str, Decision]
    architecture: Architecture
    notes: tuple[Note, ...]
    to_ask: tuple[str, ...] = ()  # unanswered criteria that can still change a decision, of most decisions first

    @property
    def has_conflict(self) -> bool:
        return any(decision.status == "conflict" for decision in self.decisions.values())


def advise(knowledge: Knowledge, requirements: Requirements) -> Advice:
    """Decide every point in graph order, prove how firm each choice is, and assemble the architecture."""
    now = view(knowledge, requirements.lens, requirements.as_of)
    rulings, architecture, values = _rule_and_draw(now, requirements)
    decisions = {name: _decide(now, name, ruling, requirements) for name, ruling in rulings.items()}
    notes = (
        *_notes_on_the_day(knowledge, requirements),
        *_notes_on_answers(knowledge, requirements, values),
        *_notes_on_endings(now, decisions, architecture),
    )
    to_ask = _find_questions(knowledge, requirements, decisions)
    return Advice(
        knowledge.version, requirements.lens, requirements.as_of, requirements, decisions, architecture, notes, to_ask
    )


def rule_and_draw(knowledge: Knowledge, requirements: Requirements) -> tuple[Mapping[str, Ruling], Architecture]:
    """Choices and architecture without the proofs of how firm they are: for many situations at once."""
    now = view(knowledge, requirements.lens, requirements.as_of)
    rulings, architecture, _ = _rule_and_draw(now, requirements)
    return rulings, architecture


def _rule_and_draw(
    now: View, requirements: Requirements
) -> tuple[dict[str, Ruling], Architecture, dict[str, Value | None]]:
    values = dict(in_force(now.knowledge.criteria, requirements.answers))
    rulings = _rule_on_all(now, values, requirements, now.points.values())
    tentative = {
        name: ruling.chosen
        for name, ruling in rulings.items()
        if name not in requirements.choices
        and (ruling.outcome == "waiting" or (ruling.outcome == "chosen" and _is_open(now, name, ruling, requirements)))
    }
    architecture = assemble(now.knowledge, values, tentative, requirements.lens, requirements.as_of)
    return rulings, architecture, values


def _find_questions(
    knowledge: Knowledge, requirements: Requirements, decisions: Mapping[str, Decision]
) -> tuple[str, ...]:
    """What is still worth asking: the questions that matter, or those that decide whether they arise."""
    matters = Counter(name for decision in decisions.values() for name in decision.still_to_ask)
    asked = (first_unasked(knowledge.criteria, name, requirements.answers) for name, _ in matters.most_common())
    return tuple(dict.fromkeys(filter(None, asked)))


def decide_until(now: View, requirements: Requirements, point: str) -> Ruling:
    """What one point decides, its pin aside, deciding only what it depends on."""
    values = dict(in_force(now.knowledge.criteria, requirements.answers))
    return _rule_on_all(now, values, requirements, ancestry(now, point))[point]


def _rule_on_all(
    now: View, values: dict[str, Value | None], requirements: Requirements, points: Iterable[PointView]
) -> dict[str, Ruling]:
    """Decide in graph order. `values` receives what downstream points hear: nothing from an open choice."""
    rulings = {}
    for point in points:
        name = point.point.id
        ruling = rulings[name] = rule_on(point, values, requirements.priorities)
        pin = requirements.choices.get(name)
        if ruling.outcome == "not-applicable":
            values[PREFIX + name] = None
        elif pin:
            values[PREFIX + name] = frozenset(pin.options)
        elif ruling.outcome == "chosen" and not _is_open(now, name, ruling, requirements):
            values[PREFIX + name] = frozenset(ruling.chosen)
    return rulings


def _is_open(now: View, name: str, ruling: Ruling, requirements: Requirements) -> bool:
    """Nothing but the order in the file speaks, and an answer could still change that: a question, not advice."""
    spoken = ruling.tier not in ("order", None)
    return not spoken and not _proof(now, name, ruling, requirements).settled


def _proof(now: View, name: str, ruling: Ruling, requirements: Requirements) -> Proof:
    result = frozenset(ruling.chosen) if ruling.outcome == "chosen" else ruling.outcome
    return _prove_once(now, name, result, _Frozen(requirements))


class _Frozen:
    """Requirements as a cache key: by the answers that count, not by their order."""

    def __init__(self, requirements: Requirements) -> None:
        self.requirements = requirements
        self.key = (
            frozenset(requirements.answers.items()),
            requirements.priorities,
            frozenset((point, choice.options) for point, choice in requirements.choices.items()),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=4096)
def _prove_once(now: View, name: str, result: frozenset[str] | str, frozen: _Frozen) -> Proof:
    requirements = frozen.requirements
    question = Question(now, requirements.answers, requirements.priorities, requirements.choices)
    return prove(question, name, result)


def _decide(now: View, name: str, ruling: Ruling, requirements: Requirements) -> Decision:
    point = now.points[name]
    proof = _proof(now, name, ruling, requirements)
    pin = requirements.choices.get(name)
    status = _status(ruling, proof, pinned=pin is not None, order=_is_open(now, name, ruling, requirements))
    chosen = tuple(pin.options) if pin and status == "pinned" else ruling.chosen
    causes = find_causes(ruling, point, requirements.priorities)
    return Decision(
        point=name,
        status=status,
        chosen=chosen,
        would_choose=ruling.chosen,
        tier=ruling.tier,
        because=causes,
        decisive=find_decisive(point, ruling, requirements.priorities),
        verdicts={option: _verdict(point, ruling, option, chosen, requirements) for option in ruling.scores},
        forces={step.force.cause: step.force for step in ruling.steps if step.acts},
        proved=proof.proved,
        still_to_ask=() if proof.settled else proof.matters,
        witness=proof.witness,
        status_because=_status_because(point, ruling, status, causes),
        settled_if_usual=status == "provisional" and _is_settled_if_usual(now, name, ruling, requirements, proof),
    )


def _is_settled_if_usual(now: View, name: str, ruling: Ruling, requirements: Requirements, proof: Proof) -> bool:
    """Whether the choice is settled under the usual answers; they are supposed here and never choose.

    A witness without anything unusual stays one, so that only the others are worth a second proof.
    """
    known = now.knowledge.criteria
    unusual = [one for one, value in (proof.witness or {}).items() if known[one].usual and value != known[one].usual]
    if not unusual:
        return False
    answers = dict(requirements.answers)
    for criterion in now.knowledge.criteria.values():
        missing = criterion.usual is not None and criterion.id not in answers
        if missing and arises(now.knowledge.criteria, criterion.id, answers) is Truth.HOLDS:
            answers[criterion.id] = frozenset(criterion.usual or ())
    return _proof(now, name, ruling, replace(requirements, answers=answers)).settled


def _status(ruling: Ruling, proof: Proof, pinned: bool, order: bool) -> Status:
    if ruling.outcome == "not-applicable":
        return "not-applicable"
    if pinned:
        return "pinned"
    if ruling.outcome == "conflict":
        return "conflict"
    if ruling.outcome == "waiting" or order:
        return "open"
    return "settled" if proof.settled else "provisional"


def _status_because(point: PointView, ruling: Ruling, status: Status, causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """What makes the status: the failing premise, the removals of a conflict, else the causes of the choice."""
    if status == "not-applicable" or ruling.outcome == "waiting":
        return (Cause("upstream", f"{point.point.id}-applies"),)
    if status == "conflict":
        return tuple(dict.fromkeys(cause for score in ruling.scores.values() for cause in score.removed_by))
    return causes


def _verdict(
    point: PointView, ruling: Ruling, option: str, chosen: tuple[str, ...], requirements: Requirements
) -> Verdict:
    score = ruling.scores[option]
    tier, because = why_not(ruling, option, requirements.priorities)
    if option in chosen and option in ruling.chosen:
        tier, because = ruling.tier, find_causes(ruling, point, requirements.priorities)
    state: State = "available"
    if option in chosen:
        state = "chosen"
    elif score.out_of_scope:
        state = "out-of-scope"
    elif score.removed_by:
        state = "ruled-out"
    return Verdict(option, state, tier, because, score.strong, score.priorities, score.slight, score.order)


def _notes_on_the_day(knowledge: Knowledge, requirements: Requirements) -> list[Note]:
    """Lifecycles and limits are known from the day of the oldest guide on: earlier days are told by chance."""
    first = min(edition.day for edition in knowledge.editions.values())
    if requirements.lens == "exam" or requirements.as_of >= first:
        return []
    text = Text(
        en=f"The facts reach back to {write_day(first, 'en')}: what was true before is not known here.",
        pt=f"Os fatos alcançam até {write_day(first, 'pt')}: o que valia antes não se conhece aqui.",
    )
    return [Note("before-facts", requirements.as_of.isoformat(), text)]


def _notes_on_answers(
    knowledge: Knowledge, requirements: Requirements, values: Mapping[str, Value | None]
) -> list[Note]:
    notes = [Note("impossible", one.id, one.because) for one in find_impossible(knowledge.impossible, values)]
    for name in requirements.answers:
        if values.get(name) is None:
            label = knowledge.criteria[name].label
            text = Text(
                en=f"The answer to “{label.en}” has no effect now: the question does not arise.",
                pt=f"A resposta a “{label.pt}” não tem efeito agora: a pergunta não se coloca.",
            )
            notes.append(Note("unused-answer", name, text))
    return notes


def _notes_on_endings(now: View, decisions: Mapping[str, Decision], architecture: Architecture) -> list[Note]:
    """Announced ends of what the advice uses, chosen by a decision or brought in by the architecture."""
    chosen = {
        use
        for decision in decisions.values()
        if decision.status in ("settled", "provisional", "pinned")
        for option in decision.chosen
        for use in now.knowledge.decisions[decision.point].option(option).uses
    }
    left_out = [
        Note(
            "lifecycle",
            removal.use,
            Text(
                en=f"{removal.because.en} It is left out of the architecture.",
                pt=f"{removal.because.pt} Fica fora da arquitetura.",
            ),
        )
        for removal in architecture.left_out
    ]
    drawn = {component.service for component in architecture.components if component.service and not component.open}
    return left_out + [note for use in sorted(chosen | drawn) for note in _note_on_ending(now, use)]


def _note_on_ending(now: View, use: str) -> list[Note]:
    owner, capability = now.knowledge.used(use)
    stages = (capability.lifecycle if capability and capability.lifecycle else owner.lifecycle) or ()
    current = stage_on(stages, now.as_of)
    end = shutdown_of(stages)
    name_en = owner.name.en if isinstance(owner.name, Text) else owner.name
    name_pt = owner.name.pt if isinstance(owner.name, Text) else owner.name
    if capability:
        name_en, name_pt = f"{name_en}: {capability.name.en}", f"{name_pt}: {capability.name.pt}"
    if end is not None and isinstance(end.on, date):
        ended = end.on <= now.as_of
        text = Text(
            en=f"{name_en} {'ended' if ended else 'ends'} on {write_day(end.on, 'en')}.",
            pt=f"{name_pt} {'terminou' if ended else 'termina'} em {write_day(end.on, 'pt')}.",
        )
        return [Note("lifecycle", use, text)]
    if current is not None and current.stage is Stage.PREVIEW:
        text = Text(en=f"{name_en} is in preview.", pt=f"{name_pt} está em prévia.")
        return [Note("lifecycle", use, text)]
    return []
