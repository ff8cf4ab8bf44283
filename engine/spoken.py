"""Advice and reports as text for a terminal, in both languages."""

from collections.abc import Iterator

from engine.advice import Advice, Decision, Verdict
from engine.forces import Cause
from engine.knowledge import Knowledge
from engine.models import Language, Quality, Text
from engine.verify import Report

STATUS = {
    "settled": Text(en="Settled", pt="Definida"),
    "provisional": Text(en="Provisional", pt="Provisória"),
    "open": Text(en="Open", pt="Em aberto"),
    "conflict": Text(en="Conflict", pt="Conflito"),
    "pinned": Text(en="Pinned", pt="Fixada"),
    "not-applicable": Text(en="Not applicable", pt="Não se aplica"),
}
QUALITY = {
    Quality.LEAST_EFFORT: Text(en="Least effort", pt="Menor esforço"),
    Quality.FASTEST_DELIVERY: Text(en="Fastest delivery", pt="Entrega mais rápida"),
    Quality.LOWEST_COST: Text(en="Lowest cost", pt="Menor custo"),
    Quality.LOWEST_LATENCY: Text(en="Lowest latency", pt="Menor latência"),
    Quality.ACCURACY: Text(en="Accuracy", pt="Exatidão"),
    Quality.CONTROL: Text(en="Control", pt="Controle"),
    Quality.PORTABILITY: Text(en="Portability", pt="Portabilidade"),
    Quality.EXPLAINABILITY: Text(en="Explainability", pt="Explicabilidade"),
}
COUNTED = {
    "criteria": Text(en="criteria", pt="critérios"),
    "services": Text(en="services", pt="serviços"),
    "techniques": Text(en="techniques", pt="técnicas"),
    "decision points": Text(en="decision points", pt="pontos de decisão"),
    "options": Text(en="options", pt="opções"),
    "rules": Text(en="rules", pt="regras"),
    "scenarios": Text(en="scenarios", pt="cenários"),
    "examples": Text(en="examples", pt="exemplos"),
    "considerations": Text(en="considerations", pt="considerações"),
    "considerations covered": Text(en="considerations covered", pt="considerações cobertas"),
}
RULES = {
    "verified": Text(en="rules, verified", pt="regras, verificadas"),
    "unverified": Text(en="rules, unverified", pt="regras, não verificadas"),
    "judgement": Text(en="rules, judgement", pt="regras, por julgamento"),
}
_NOTHING = Text(en="nothing", pt="nada")
_ASK = Text(en="still to ask", pt="falta perguntar")
_NOTES = Text(en="Notes", pt="Notas")
_SCOPE = Text(en="Outside the scope of this exam edition.", pt="Fora do escopo desta edição do exame.")
_ORDER = Text(
    en="Nothing else tells them apart: the more managed option stands first.",
    pt="Nada mais as distingue: a opção mais gerenciada vem primeiro.",
)
IF_USUAL = Text(en="settled if nothing unusual", pt="definida se nada for incomum")


def explain(knowledge: Knowledge, decision: Decision, cause: Cause) -> Text:
    """A cause in words."""
    if cause in decision.forces:
        return decision.forces[cause].because
    if cause.kind == "priority":
        label = QUALITY[Quality(cause.id)]
        return Text(en=f"Your priority: {label.en}.", pt=f"Sua prioridade: {label.pt}.")
    if cause.kind == "scope":
        return _SCOPE
    if cause.kind == "upstream":
        point = knowledge.decisions[decision.point]
        return point.applies_because or point.title
    return _ORDER


def labels(knowledge: Knowledge, decision: Decision, language: Language) -> str:
    """The chosen options in words; nothing chosen is said."""
    point = knowledge.decisions[decision.point]
    return ", ".join(point.option(one).label.in_(language) for one in decision.chosen) or _NOTHING.in_(language)


def speak_advice(knowledge: Knowledge, advice: Advice, language: Language) -> str:
    lines = [line for decision in advice.decisions.values() for line in _speak_decision(knowledge, decision, language)]
    if advice.notes:
        lines += ["", _NOTES.in_(language), *(f"  {note.text.in_(language)}" for note in advice.notes)]
    return "\n".join(lines)


def _speak_decision(knowledge: Knowledge, decision: Decision, language: Language) -> Iterator[str]:
    point = knowledge.decisions[decision.point]
    status = STATUS[decision.status].in_(language)
    if decision.settled_if_usual:
        status += f", {IF_USUAL.in_(language)}"
    yield f"{point.short.in_(language)} [{point.id}]: {labels(knowledge, decision, language)} ({status})"
    if decision.status == "not-applicable":
        return
    for cause in decision.because:
        yield f"  + {explain(knowledge, decision, cause).in_(language)} [{cause.id}]"
    for verdict in decision.verdicts.values():
        if verdict.state != "chosen" and verdict.because:
            yield f"  - {_speak_loss(knowledge, decision, verdict, language)}"
    if decision.still_to_ask:
        asked = ", ".join(knowledge.criteria[name].label.in_(language) for name in decision.still_to_ask)
        yield f"  ? {_ASK.in_(language)}: {asked}"


def _speak_loss(knowledge: Knowledge, decision: Decision, verdict: Verdict, language: Language) -> str:
    label = knowledge.decisions[decision.point].option(verdict.option).label.in_(language)
    return f"{label}: {explain(knowledge, decision, verdict.because[0]).in_(language)}"


def speak_report(report: Report, language: Language) -> str:
    uncovered, faults = len(report.uncovered), len(report.faults)
    open_ = Text(
        en=f"{uncovered} considerations or options without a point or a scenario",
        pt=f"{uncovered} considerações ou opções sem ponto ou cenário",
    ).in_(language)
    said = Text(en=f"{faults} faults", pt=f"{faults} falhas").in_(language)
    lines = [f"{COUNTED[name].in_(language)}: {count}" for name, count in report.counts.items()]
    lines += [f"{RULES[confidence].in_(language)}: {count}" for confidence, count in report.rules.items()]
    return "\n".join([*lines, open_, said, *map(str, (*report.uncovered, *report.faults))])
