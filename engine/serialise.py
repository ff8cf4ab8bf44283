"""Advice and listings as plain JSON values, stable for scripts."""

from collections.abc import Iterable
from typing import Any

from engine.advice import Advice, Decision
from engine.explain import Change, Flip, find_conflicts, find_flips, find_relaxations
from engine.forces import Cause
from engine.knowledge import Knowledge
from engine.models import Language
from engine.requirements import Value, write_answer
from engine.verify import Report
from engine.yaml_files import Fault


def advice_to_json(knowledge: Knowledge, advice: Advice, language: Language) -> dict[str, Any]:
    """Everything that was decided, with causes by id; texts in one language."""
    return {
        "version": 1,
        "knowledge": advice.knowledge,
        "lens": advice.lens,
        "as_of": advice.as_of.isoformat(),
        "answers": {name: _plain(value) for name, value in sorted(advice.requirements.answers.items())},
        "decisions": {name: _decision(knowledge, one, advice) for name, one in advice.decisions.items()},
        "to_ask": list(advice.to_ask),
        "architecture": _architecture(advice, language),
        "notes": [{"kind": note.kind, "id": note.id, "text": note.text.in_(language)} for note in advice.notes],
    }


def explanations_to_json(knowledge: Knowledge, advice: Advice, most: int) -> dict[str, Any]:
    """For each decision that applies: flips, conflicts with relaxations, and how firm it is; and what to ask next."""
    live = [one for one in advice.decisions.values() if one.status != "not-applicable"]
    return {
        "flips": {one.point: _flips(knowledge, advice, one.point, most) for one in live},
        "conflicts": {
            one.point: {
                "sets": [sorted(names) for names in find_conflicts(knowledge, advice.requirements, one.point)],
                "relaxations": [_flip(flip) for flip in find_relaxations(knowledge, advice.requirements, one.point)],
            }
            for one in live
            if one.status == "conflict"
        },
        "next_questions": list(advice.to_ask),
        "stability": {
            one.point: {
                "status": one.status,
                "proved": one.proved,
                "settled_if_usual": one.settled_if_usual,
                "still_to_ask": list(one.still_to_ask),
            }
            for one in live
        },
    }


def _flips(knowledge: Knowledge, advice: Advice, point: str, most: int) -> dict[str, Any]:
    found = find_flips(knowledge, advice.requirements, point, most)
    return {
        "options": {option: [_flip(flip) for flip in flips] for option, flips in found.by_option.items()},
        "harmless": [_change(change) for change in found.harmless],
    }


def _flip(flip: Flip) -> dict[str, Any]:
    return {"option": flip.option, "changes": [_change(change) for change in flip.changes]}


def _change(change: Change) -> dict[str, Any]:
    content: dict[str, Any] = {"criterion": change.criterion, "answer": _plain(change.value), "news": change.is_news}
    return content | {key: value for key, value in (("adds", change.adds), ("removes", change.removes)) if value}


def report_to_json(report: Report) -> dict[str, Any]:
    """What `check` found: counts, how firm the rules are, what covers the guide, and every fault."""
    return {
        "version": report.version,
        "counts": report.counts,
        "rules": report.rules,
        "decided by order": report.shares,
        "matrix": {row.consideration: {"points": row.points, "scenarios": row.scenarios} for row in report.matrix},
        "uncovered": [_fault(one) for one in report.uncovered],
        "faults": [_fault(one) for one in report.faults],
    }


def _fault(one: Fault) -> dict[str, Any]:
    return {"file": one.file, "line": one.line, "field": one.field, "message": one.message, "remedy": one.remedy}


def _decision(knowledge: Knowledge, decision: Decision, advice: Advice) -> dict[str, Any]:
    point = knowledge.decisions[decision.point]
    uses = [use.partition("/")[0] for option in decision.chosen for use in point.option(option).uses]
    content: dict[str, Any] = {
        "status": decision.status,
        "status_because": _causes(decision.status_because),
        "proved": decision.proved,
        "chosen": list(decision.chosen),
        "services": list(dict.fromkeys(uses)),
        "because": _causes(decision.because),
        "decisive": _causes(decision.decisive),
        "still_to_ask": list(decision.still_to_ask),
        "settled_if_usual": decision.settled_if_usual,
        "options": {
            name: {
                "state": verdict.state,
                "score": {
                    "strong": verdict.strong,
                    "priorities": list(verdict.priorities),
                    "slight": verdict.slight,
                    "order": verdict.order,
                },
                "tier": verdict.tier,
                "because": _causes(verdict.because),
            }
            for name, verdict in decision.verdicts.items()
        },
    }
    if decision.witness:
        content["witness"] = {name: _plain(value) for name, value in sorted(decision.witness.items())}
    if decision.status == "pinned":
        content["would_choose"] = list(decision.would_choose)
        content["reason"] = advice.requirements.choices[decision.point].reason
    return content


def _architecture(advice: Advice, language: Language) -> dict[str, Any]:
    return {
        "components": [
            {
                "id": one.id,
                "role": one.detail.in_(language) if one.detail else "",
                "lane": one.lane,
                "service": one.service,
                "name": one.title.in_(language),
                "open": one.open,
            }
            for one in advice.architecture.components
        ],
        "connections": [
            {"from": one.source, "to": one.target, "kind": str(one.kind), "label": one.label.in_(language)}
            for one in advice.architecture.connections
        ],
    }


def criteria_to_json(knowledge: Knowledge, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "label": one.label.in_(language),
            "question": one.question.in_(language),
            "kind": one.kind,
            "nature": one.nature,
            **({"unit": one.unit} if one.unit else {}),
            "answers": [{"id": answer.id, "label": answer.label.in_(language)} for answer in one.answers],
        }
        for one in knowledge.criteria.values()
    ]


def decisions_to_json(knowledge: Knowledge, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "id": point.id,
            "label": point.title.in_(language),
            "picks": point.picks,
            "objectives": list(point.objectives),
            "options": [
                {"id": option.id, "label": option.label.in_(language), "uses": list(option.uses)}
                for option in point.options
            ],
        }
        for point in knowledge.decisions.values()
    ]


def services_to_json(knowledge: Knowledge, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "names": [name.name for name in one.names],
            "exam_name": knowledge.edition.terms.get(one.id),
            "area": one.area,
            "purpose": one.purpose.in_(language),
            "lifecycle": [{"stage": str(stage.stage), "on": str(stage.on)} for stage in one.lifecycle],
        }
        for one in knowledge.services.values()
    ]


def _causes(causes: Iterable[Cause]) -> list[dict[str, str]]:
    return [{"kind": cause.kind, "id": cause.id} for cause in causes]


def _plain(value: Value) -> Any:
    written = write_answer(value)
    return list(written) if isinstance(written, tuple) else str(written)
