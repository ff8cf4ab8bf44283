"""A tiny knowledge of its own: a folder of YAML that tests break, and the same models built directly."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from engine import graph
from engine.knowledge import Knowledge, load_knowledge
from engine.models import ArchitectureFile, Criterion, DecisionPoint, Edition, Impossible, Service, Text

TODAY = date(2026, 11, 24)

FILES: dict[str, str] = {
    "criteria/needs.yaml": """\
title: {en: Needs, pt: Necessidades}
icon: flag
order: 1
criteria:
  - id: task
    label: {en: Task, pt: Tarefa}
    question: {en: What is predicted?, pt: O que é previsto?}
    kind: one
    nature: fact
    usual: [classification]
    answers:
      - {id: classification, label: {en: A class, pt: Uma classe}}
      - {id: forecasting, label: {en: A series, pt: Uma série}}
  - id: data-type
    label: {en: Data, pt: Dados}
    question: {en: What do the data look like?, pt: Como são os dados?}
    kind: many
    nature: fact
    answers:
      - {id: tabular, label: {en: Tables, pt: Tabelas}}
      - {id: images, label: {en: Images, pt: Imagens}}
  - id: code-level
    label: {en: Code, pt: Código}
    question: {en: Who writes code?, pt: Quem escreve código?}
    kind: one
    nature: wish
    answers:
      - {id: sql, label: {en: SQL, pt: SQL}}
      - {id: own-code, label: {en: Own code, pt: Código próprio}}
  - id: framework
    label: {en: Framework, pt: Framework}
    question: {en: Which framework?, pt: Qual framework?}
    kind: one
    nature: wish
    asked_when: {code-level: [own-code]}
    answers:
      - {id: tensorflow, label: {en: TensorFlow, pt: TensorFlow}}
      - {id: xgboost, label: {en: XGBoost, pt: XGBoost}}
impossible:
  - id: images-make-no-series
    when: {task: [forecasting], data-type: [images]}
    because: {en: Images make no series., pt: Imagens não formam uma série.}
""",
    "criteria/limits.yaml": """\
title: {en: Limits, pt: Limites}
icon: lock
order: 2
criteria:
  - id: isolation
    label: {en: Isolation, pt: Isolamento}
    question: {en: Who may call?, pt: Quem pode chamar?}
    kind: one
    nature: fact
    answers:
      - {id: public, label: {en: Anyone, pt: Qualquer um}}
      - {id: perimeter, label: {en: Inside a perimeter, pt: Dentro de um perímetro}}
  - id: payload
    label: {en: Request size, pt: Tamanho do pedido}
    question: {en: How large is a request?, pt: Qual o tamanho de um pedido?}
    kind: quantity
    unit: MB
    common: [1 MB]
    nature: fact
  - id: watch
    label: {en: Watching, pt: Observação}
    question: {en: What is watched?, pt: O que é observado?}
    kind: many
    nature: wish
    answers:
      - {id: drift, label: {en: Drift, pt: Desvio}}
      - {id: reasons, label: {en: Reasons, pt: Razões}}
  - id: lives-until
    label: {en: Lives until, pt: Vive até}
    question: {en: Until when must it live?, pt: Até quando deve viver?}
    kind: date
    nature: wish
  - id: stability
    label: {en: Stability, pt: Estabilidade}
    question: {en: Is preview accepted?, pt: Prévia é aceita?}
    kind: one
    nature: wish
    answers:
      - {id: ga-only, label: {en: "No", pt: Não}}
      - {id: preview-accepted, label: {en: "Yes", pt: Sim}}
  - id: existing-assets
    label: {en: In use, pt: Em uso}
    question: {en: What is in use?, pt: O que está em uso?}
    kind: many
    nature: fact
    answers:
      - {id: old-jobs, label: {en: Old jobs, pt: Jobs antigos}, assets: [closed-engine]}
""",
    "services/warehouse.yaml": """\
names: [{name: Warehouse}]
category: table
area: data
purpose: {en: Trains in SQL., pt: Treina em SQL.}
code: [sql]
api: [store-client/store_v1.Client.train]
lifecycle: [{stage: ga, on: 2015-01-01}]
qualities: {least-effort: 5}
""",
    "services/platform.yaml": """\
names: [{name: Old Platform, until: 2026-01-01}, {name: Platform}]
short: Platf.
category: endpoint
area: serve
purpose: {en: Serves models., pt: Serve modelos.}
lifecycle: [{stage: ga, on: unknown}]
capabilities:
  - {id: public, name: {en: Public, pt: Público}}
  - {id: private, name: {en: Private, pt: Privado}, lifecycle: [{stage: preview, on: 2025-05-01}]}
  - id: shared
    name: {en: Shared, pt: Compartilhado}
    lifecycle:
      - {stage: ga, on: 2020-01-01}
      - stage: deprecated
        on: 2026-02-01
        evidence: [{url: "https://example.com/end", read: page, read_on: 2026-11-01, copy_date: unknown}]
      - stage: shutdown
        on: 2027-06-01
        evidence: [{url: "https://example.com/end", read: page, read_on: 2026-11-01, copy_date: unknown}]
    successor: {uses: [platform/private]}
""",
    "services/closed-engine.yaml": """\
names: [{name: Closed Engine}]
category: stream
area: data
purpose: {en: Runs old jobs., pt: Executa jobs antigos.}
lifecycle:
  - {stage: ga, on: unknown}
  - stage: closed-to-new
    on: 2026-03-01
    evidence: [{url: "https://example.com/closed", read: page, read_on: 2026-11-01, copy_date: unknown}]
""",
    "vocabulary/store-client.yaml": """\
root: shop
version: 1.2.3
read_on: 2026-11-01
names:
  store_v1:
    Client: predict train
    Kind: FAST SLOW
    connect: ""
""",
    "techniques/shap.yaml": """\
name: {en: SHAP, pt: SHAP}
purpose: {en: Gives reasons., pt: Dá razões.}
lifecycle: [{stage: ga, on: unknown}]
""",
    "decisions/approach.yaml": """\
title: {en: How is the model made?, pt: Como o modelo é feito?}
short: {en: Approach, pt: Abordagem}
objectives: ["1.1"]
options:
  - {id: in-sql, label: {en: In SQL, pt: Em SQL}, uses: [warehouse]}
  - {id: own-training, label: {en: Own training, pt: Treino próprio}, uses: [platform], qualities: {control: 5}}
rules:
  - id: approach-images-rule-out-sql
    when: {data-type: [images]}
    rules_out: [in-sql]
    because: {en: SQL reads no images., pt: SQL não lê imagens.}
    evidence: [{url: "https://example.com/images", read: page, read_on: 2026-11-01, copy_date: 2026-08-22}]
  - id: approach-own-code-favours-own-training
    when: {code-level: [own-code]}
    favours: {own-training: strong}
    because: {en: Own code trains by itself., pt: Código próprio treina por si.}
  - id: approach-sql-favours-sql
    when: {code-level: [sql]}
    favours: {in-sql: strong}
    because: {en: The team writes SQL., pt: A equipe escreve SQL.}
""",
    "decisions/endpoint.yaml": """\
title: {en: Which endpoint serves it?, pt: Qual endpoint serve?}
short: {en: Endpoint, pt: Endpoint}
objectives: ["4.1"]
applies_when: {decision.approach: [own-training]}
applies_because: {en: SQL needs no endpoint., pt: SQL dispensa endpoint.}
options:
  - {id: public, label: {en: Public, pt: Público}, uses: [platform/public], qualities: {least-effort: 5}}
  - {id: shared, label: {en: Shared, pt: Compartilhado}, uses: [platform/shared], qualities: {lowest-cost: 5}}
  - {id: private, label: {en: Private, pt: Privado}, uses: [platform/private], qualities: {lowest-latency: 5}}
rules:
  - id: endpoint-perimeter-rules-out-public
    when: {isolation: [perimeter]}
    rules_out: [public, shared]
    because: {en: A perimeter lets nobody in., pt: Um perímetro não deixa entrar.}
    evidence: [{url: "https://example.com/perimeter", read: excerpt, read_on: 2026-11-01, copy_date: unknown}]
  - id: endpoint-large-payload-rules-out-private
    when: {payload: {over: 1.5 MB}}
    rules_out: [private]
    because: {en: It takes 1.5 MB., pt: "Aceita 1,5 MB."}
    evidence: [{url: "https://example.com/payload", read: page, read_on: 2026-11-01, copy_date: unknown}]
""",
    "decisions/monitoring.yaml": """\
title: {en: What is monitored?, pt: O que é monitorado?}
short: {en: Monitoring, pt: Monitoramento}
objectives: ["4.1"]
picks: many
options:
  - {id: drift-check, label: {en: Drift, pt: Desvio}, uses: [platform]}
  - {id: reasons-check, label: {en: Reasons, pt: Razões}, uses: [shap]}
rules:
  - id: monitoring-drift-favours-drift-check
    when: {watch: {all_of: [drift]}}
    favours: {drift-check: strong}
    because: {en: Drift is asked for., pt: O desvio é pedido.}
  - id: monitoring-reasons-favour-reasons-check
    when: {watch: [reasons], decision.approach: {none_of: [in-sql]}}
    favours: {reasons-check: slight}
    because: {en: Reasons are asked for., pt: As razões são pedidas.}
""",
    "exam/editions/spring.yaml": """\
title: {en: Spring, pt: Primavera}
day: 2026-01-15
default: true
terms: {platform: The Guide's Platform}
excludes: [shap]
sections:
  - id: "1"
    title: {en: Build, pt: Construir}
    weight: 50
    subsections: [{id: "1.1", title: {en: Make, pt: Fazer}, considerations: []}]
  - id: "4"
    title: {en: Serve, pt: Servir}
    weight: 50
    subsections: [{id: "4.1", title: {en: Run, pt: Operar}, considerations: []}]
""",
    "exam/scenarios/private-images.yaml": """\
title: {en: Private images, pt: Imagens privadas}
story: {en: A clinic sorts images., pt: Uma clínica separa imagens.}
objectives: ["4.1"]
requirements:
  answers: {data-type: [images], isolation: perimeter}
expect:
  endpoint: {choose: [private], because: endpoint-perimeter-rules-out-public}
components: [caller, endpoint]
connections: ["caller -> endpoint: serve"]
without: {isolation: [caller]}
""",
    "examples/images.yaml": """\
title: {en: Images, pt: Imagens}
summary: {en: Images behind a perimeter., pt: Imagens atrás de um perímetro.}
answers: {data-type: [images], isolation: perimeter, payload: 1 MB}
priorities: [least-effort]
""",
    "architecture/parts.yaml": """\
lanes:
  - {id: serve, title: {en: Serve, pt: Servir}}
  - {id: spare, title: {en: Spare, pt: Reserva}}
components:
  - id: caller
    lane: serve
    when: [{isolation: [perimeter]}]
    title: {en: Caller, pt: Chamador}
    existing: true
  - id: endpoint
    lane: serve
    when: [{decision.endpoint: [public, private, shared]}]
    role_of: endpoint
    service_of: endpoint
    decisions: [endpoint]
  - id: table
    lane: serve
    when: [{decision.approach: [in-sql]}]
    role: {en: Predicts, pt: Prevê}
    service: warehouse
    decisions: [approach]
connections:
  - {from: caller, to: endpoint, kind: serve, label: {en: calls, pt: chama}}
  - {from: caller, to: table, kind: lookup, label: {en: reads, pt: lê}, when: [{task: [classification]}]}
""",
}


def write_world(folder: Path, changes: Mapping[str, str | None] | None = None) -> Path:
    """Write the small knowledge, with whole files changed, added, or (None) left out."""
    for name, text in (FILES | dict(changes or {})).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            path.write_text(text, encoding="utf-8")
    return folder


def load_world(folder: Path, changes: Mapping[str, str | None] | None = None) -> Knowledge:
    return load_knowledge(write_world(folder, changes))


# --- the same, built directly ---------------------------------------------------------------------------------------


def said(word: str) -> Text:
    return Text(en=word, pt=word)


def criterion(
    name: str, kind: str = "one", answers: str | Sequence[Mapping[str, object]] = "", **fields: object
) -> Criterion:
    """A criterion; its answers are words apart by spaces, or mappings."""
    listed = [{"id": word, "label": said(word)} for word in answers.split()] if isinstance(answers, str) else answers
    unit = {"unit": "MB"} if kind == "quantity" else {}
    words = {"label": said(name), "question": said(name), "nature": "fact"}
    return Criterion.model_validate({"id": name, "kind": kind, "answers": listed} | unit | words | fields)


def rule(name: str, when: Mapping[str, object], **effect: object) -> dict[str, object]:
    return {"id": name, "when": when, "because": said(name)} | effect


def point(
    name: str,
    options: str | Sequence[Mapping[str, object]],
    rules: Sequence[Mapping[str, object]] = (),
    **fields: object,
) -> DecisionPoint:
    """A decision point; its options are words apart by spaces, or mappings."""
    listed = [{"id": word} for word in options.split()] if isinstance(options, str) else options
    full = [{"label": said(str(option["id"]))} | dict(option) for option in listed]
    words = {"title": said(name), "short": said(name), "objectives": ()}
    return DecisionPoint.model_validate({"id": name, "options": full, "rules": rules} | words | fields)


def service(name: str, stages: Sequence[tuple[str, date | str]] = (), **fields: object) -> Service:
    """A service; its stages are pairs of stage and day."""
    lifecycle = [{"stage": stage, "on": day} for stage, day in stages]
    words = {"names": [{"name": name}], "category": "service", "area": "serve", "purpose": said(name)}
    return Service.model_validate({"id": name, "lifecycle": lifecycle} | words | fields)


def knowledge(
    criteria: Sequence[Criterion] = (),
    decisions: Sequence[DecisionPoint] = (),
    services: Sequence[Service] = (),
    impossible: Sequence[Impossible] = (),
    edition: Mapping[str, object] | None = None,
) -> Knowledge:
    """A knowledge of parts; nothing checks here that they agree."""
    exam = {"id": "exam", "title": said("exam"), "day": TODAY, "default": True, "sections": ()} | dict(edition or {})
    return Knowledge(
        version="small",
        groups={},
        criteria={one.id: one for one in criteria},
        impossible=tuple(impossible),
        services={one.id: one for one in services},
        techniques={},
        decisions=graph.in_order({one.id: one for one in decisions}),
        editions={"exam": Edition.model_validate(exam)},
        architecture=ArchitectureFile(),
        scenarios={},
        examples={},
    )
