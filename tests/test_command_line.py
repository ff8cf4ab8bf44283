"""The command line: what each command says, its exit code, and one clear message for every bad input."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from engine import spoken, verify
from engine.__main__ import _knowledge as cached_knowledge
from engine.__main__ import app
from engine.advice import Status
from engine.knowledge import load_knowledge
from engine.models import Quality
from engine.schema import SCHEMAS
from tests.small_world import FILES, load_world, write_world

ROOT = Path(__file__).parent.parent
PROJECT = """\
title: Images
as_of: 2026-11-24
answers: {data-type: [images], isolation: perimeter, payload: 1 MB, stability: preview-accepted, watch: [drift]}
"""
CONFLICT = PROJECT.replace("1 MB", "2 MB")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_world(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture(scope="module")
def small(folder):
    return load_world(folder)


@pytest.fixture
def run(monkeypatch, tmp_path, folder, small):
    """Run a command over the small knowledge, in an empty folder, with files written first."""
    check = verify.check
    monkeypatch.setattr("engine.__main__._knowledge", lambda: small)
    monkeypatch.setattr("engine.verify.check", lambda place=folder, today=None: check(place, today))
    monkeypatch.chdir(tmp_path)

    def run(*arguments, files=None, stdin=None):
        for name, content in ({"p.yaml": PROJECT} | (files or {})).items():
            Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
        result = CliRunner().invoke(app, arguments, input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return run


def lines(result):
    return result.stdout.splitlines()


# --- decide ---------------------------------------------------------------------------------------------------------


def test_decide_says_each_decision_with_its_reasons(run):
    result = run("decide", "p.yaml")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert lines(result) == [
        "Approach [approach]: Own training (Settled)",
        "  + SQL reads no images. [approach-images-rule-out-sql]",
        "  - In SQL: SQL reads no images.",
        "Endpoint [endpoint]: Private (Settled)",
        "  + A perimeter lets nobody in. [endpoint-perimeter-rules-out-public]",
        "  + Platform: Shared ends on 1 Jun 2027: only for a system that stops before. [platform/shared:shutdown]",
        "  - Public: A perimeter lets nobody in.",
        "  - Shared: A perimeter lets nobody in.",
        "Monitoring [monitoring]: Drift (Settled)",
        "  + Drift is asked for. [monitoring-drift-favours-drift-check]",
        "",
        "Notes",
        "  Platform: Private is in preview.",
    ]


def test_decide_speaks_portuguese(run):
    said = run("decide", "p.yaml", "--language", "pt").stdout
    assert "Abordagem [approach]: Treino próprio (Definida)\n  + SQL não lê imagens." in said
    assert "Notas\n  Platform: Privado está em prévia." in said


def test_decide_says_what_is_still_to_ask(run):
    assert "  ? still to ask: Code, Data" in run("decide", "-", stdin="answers: {}").stdout
    assert "  ? falta perguntar: Código, Dados" in run("decide", "-", "--language", "pt", stdin="answers: {}").stdout


TABLES = "answers: {code-level: own-code, data-type: [tabular], watch: [reasons]}\n"
SPOKEN = [  # project, options -> lines in English, in Portuguese
    (
        TABLES + "priorities: [lowest-latency]",
        [],
        "  + Your priority: Lowest latency. [lowest-latency]",
        "  + Sua prioridade: Menor latência. [lowest-latency]",
    ),
    (
        TABLES,
        [],
        "  - Private: Nothing else tells them apart: the more managed option stands first.",
        "  - Privado: Nada mais as distingue: a opção mais gerenciada vem primeiro.",
    ),
    (
        TABLES,
        ["--lens", "exam"],
        "  - Reasons: Outside the scope of this exam edition.",
        "  - Razões: Fora do escopo desta edição do exame.",
    ),
    (
        TABLES,
        ["--lens", "exam"],
        "Monitoring [monitoring]: nothing (Settled)",
        "Monitoramento [monitoring]: nada (Definida)",
    ),
    (
        "answers: {code-level: sql}",
        [],
        "Endpoint [endpoint]: nothing (Not applicable)",
        "Endpoint [endpoint]: nada (Não se aplica)",
    ),
]


@pytest.mark.parametrize(("project", "options", "english", "portuguese"), SPOKEN)
def test_every_kind_of_cause_has_words(run, project, options, english, portuguese):
    assert english in lines(run("decide", "-", *options, stdin=project))
    assert portuguese in lines(run("decide", "-", *options, "--language", "pt", stdin=project))


def test_every_status_and_quality_has_words():
    assert set(spoken.STATUS) == set(get_args(Status))
    assert set(spoken.QUALITY) == set(Quality)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_conflict_exits_with_one(run, form):
    result = run("decide", "p.yaml", "--format", form, files={"p.yaml": CONFLICT})
    assert result.exit_code == 1
    assert result.stderr == ""
    assert ("(Conflict)" if form == "text" else '"status": "conflict"') in result.stdout


@pytest.mark.parametrize("form", ["text", "json"])
def test_standard_input_is_read_like_a_file(run, form):
    piped = run("decide", "-", "--format", form, stdin=PROJECT)
    assert piped.exit_code == 0
    assert piped.stdout == run("decide", "p.yaml", "--format", form).stdout


def test_json_is_read_as_well(run):
    as_json = json.dumps({"as_of": "2026-11-24", "answers": {"data-type": ["images"]}})
    as_yaml = "as_of: 2026-11-24\nanswers: {data-type: [images]}"
    assert run("decide", "p.json", files={"p.json": as_json}).stdout == run("decide", "-", stdin=as_yaml).stdout


# the shape of the JSON is fixed: scripts read it
TOP = ["version", "knowledge", "lens", "as_of", "answers", "decisions", "to_ask", "architecture", "notes"]
DECISION = [
    "status",
    "status_because",
    "proved",
    "chosen",
    "services",
    "because",
    "decisive",
    "still_to_ask",
    "settled_if_usual",
    "options",
]
OPTION = ["state", "score", "tier", "because"]
SCORE = ["strong", "priorities", "slight", "order"]
COMPONENT = ["id", "role", "lane", "service", "name", "open"]
CONNECTION = ["from", "to", "kind", "label"]


def test_the_json_has_exactly_these_keys(run):
    found = json.loads(run("decide", "p.yaml", "--format", "json").stdout)
    assert list(found) == TOP
    for decision in found["decisions"].values():
        assert list(decision) == DECISION
        for option in decision["options"].values():
            assert list(option) == OPTION
            assert list(option["score"]) == SCORE
        causes = decision["status_because"] + decision["because"] + decision["decisive"]
        assert {tuple(cause) for cause in causes} == {("kind", "id")}
    assert [list(one) for one in found["architecture"]["components"]] == [COMPONENT] * 2
    assert [list(one) for one in found["architecture"]["connections"]] == [CONNECTION]


def test_the_json_of_a_whole_situation(run, small):
    found = json.loads(run("decide", "p.yaml", "--format", "json").stdout)
    assert (found["version"], found["knowledge"], found["lens"], found["as_of"]) == (
        1,
        small.version,
        "production",
        "2026-11-24",
    )
    assert found["answers"] == {
        "data-type": ["images"],
        "isolation": ["perimeter"],
        "payload": "1 MB",
        "stability": ["preview-accepted"],
        "watch": ["drift"],
    }
    perimeter = {"kind": "rule", "id": "endpoint-perimeter-rules-out-public"}
    ended = {"kind": "lifecycle", "id": "platform/shared:shutdown"}
    assert found["decisions"]["endpoint"] == {
        "status": "settled",
        "status_because": [perimeter, ended],
        "proved": True,
        "chosen": ["private"],
        "services": ["platform"],
        "because": [perimeter, ended],
        "decisive": [perimeter],
        "still_to_ask": [],
        "settled_if_usual": False,
        "options": {
            "public": _option("ruled-out", 0, [perimeter]),
            "shared": _option("ruled-out", 1, [perimeter, ended]),
            "private": _option("chosen", 2, [perimeter, ended]),
        },
    }
    assert found["architecture"] == {
        "components": [
            {"id": "caller", "role": "", "lane": "serve", "service": None, "name": "Caller", "open": False},
            {
                "id": "endpoint",
                "role": "Private",
                "lane": "serve",
                "service": "platform",
                "name": "Platf.",
                "open": False,
            },
        ],
        "connections": [{"from": "caller", "to": "endpoint", "kind": "serve", "label": "calls"}],
    }
    assert found["notes"] == [
        {"kind": "lifecycle", "id": "platform/private", "text": "Platform: Private is in preview."}
    ]


def _option(state, order, because):
    score = {"strong": 0, "priorities": [], "slight": 0, "order": order}
    return {"state": state, "score": score, "tier": "elimination", "because": because}


def test_the_json_of_a_witness_and_of_a_pin(run):
    found = json.loads(run("decide", "-", "--format", "json", stdin="answers: {code-level: sql}").stdout)
    assert list(found["decisions"]["approach"]) == [*DECISION, "witness"]
    assert found["decisions"]["approach"]["witness"] == {"data-type": ["images"]}
    pinned = "answers: {data-type: [images]}\nchoices: {approach: {options: [in-sql], reason: a habit}}"
    found = json.loads(run("decide", "-", "--format", "json", stdin=pinned).stdout)
    decision = found["decisions"]["approach"]
    assert list(decision) == [*DECISION, "would_choose", "reason"]
    assert (decision["status"], decision["chosen"]) == ("pinned", ["in-sql"])
    assert (decision["would_choose"], decision["reason"]) == (["own-training"], "a habit")


def test_options_change_the_project(run):
    def decided(*options):
        return json.loads(run("decide", "p.yaml", "--format", "json", *options).stdout)

    assert decided("--set", "payload=2 MB")["decisions"]["endpoint"]["status"] == "conflict"
    assert "isolation" not in decided("--set", "isolation=")["answers"]
    assert decided("--set", "watch=drift,reasons")["decisions"]["monitoring"]["chosen"] == [
        "drift-check",
        "reasons-check",
    ]
    assert decided("--choose", "approach=in-sql")["decisions"]["endpoint"]["status"] == "not-applicable"
    assert decided("--choose", "monitoring=")["decisions"]["monitoring"]["chosen"] == []
    assert decided("--lens", "exam")["lens"] == "exam"
    assert decided("--as-of", "2025-04-30")["decisions"]["endpoint"]["options"]["private"]["state"] == "ruled-out"


def test_the_same_input_gives_the_same_bytes(run):
    for form in ("text", "json"):
        assert run("decide", "p.yaml", "--format", form).stdout_bytes == (
            run("decide", "p.yaml", "--format", form).stdout_bytes
        )


# --- bad input ------------------------------------------------------------------------------------------------------

DEEP = "answers: " + "[" * 5_000 + "]" * 5_000
BOMB = "\n".join(["l0: &l0 [x]", *(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 30))])
BAD_FILES = {  # content of bad.yaml -> words of the message in English, in Portuguese
    "binary": (b"\x89PNG\r\n\x1a\n\x00\xff", "bad.yaml: the file is not UTF-8 text", "o arquivo não é texto UTF-8"),
    "null bytes": (b"title: \x00\x00", "bad.yaml", "bad.yaml"),
    "empty": (b"", "bad.yaml: the file is empty", "bad.yaml: o arquivo está vazio"),
    "only a comment": (b"# soon\n", "bad.yaml: the file is empty", "o arquivo está vazio"),
    "broken": (b"answers: {a: b\n", "bad.yaml:2: did not find expected ',' or '}'", "bad.yaml:2: não se lê como YAML"),
    "a list": (b"- a\n", "the file holds no fields such as answers:", "o arquivo não tem campos como answers:"),
    "too large": (b"title: " + b"x" * 1_000_000, "bad.yaml: the file is too large", "o arquivo é grande demais"),
    "an alias bomb": (BOMB.encode(), "an alias (*) is used", "há um alias (*)"),
    "deep nesting": (DEEP.encode(), "the content is nested too deeply", "o conteúdo é aninhado demais"),
    "a key twice": (b"title: a\ntitle: b", "bad.yaml:2: the key 'title' stands twice", "aparece duas vezes"),
    "an unknown field": (
        b"anwsers: {}",
        "bad.yaml:1 [anwsers]: the field is unknown. Nearest: answers",
        "Mais próximos: answers",
    ),
    "an unknown criterion": (
        b"answers: {isolaton: x}",
        "answers.isolaton: there is no such criterion. Nearest: isolation",
        "não existe esse critério. Mais próximos: isolation",
    ),
    "an unknown answer": (
        b"answers: {isolation: perimetre}",
        "answers.isolation: 'perimetre' is not an answer. Nearest: perimeter",
        "'perimetre' não é uma resposta. Mais próximos: perimeter",
    ),
    "two answers to one question": (
        b"answers: {isolation: [public, perimeter]}",
        "it takes exactly one answer",
        "aceita exatamente uma resposta",
    ),
    "a bad quantity": (
        b"answers: {payload: huge}",
        "answers.payload: 'huge' is not a number with a unit",
        "'huge' não é um número com unidade",
    ),
    "a quantity in another unit": (
        b"answers: {payload: 3 s}",
        "answers.payload: give it in MB, not in s",
        "informe em MB, não em s",
    ),
    "a bad date": (
        b"answers: {lives-until: soon}",
        "answers.lives-until: 'soon' is not a date",
        "'soon' não é uma data",
    ),
    "a day that does not exist": (
        b"as_of: 2026-02-30",
        "bad.yaml:1: '2026-02-30' is not readable",
        "'2026-02-30' não se lê",
    ),
    "an unknown lens": (
        b"lens: dream",
        "bad.yaml:1 [lens]: 'dream' is not valid. Valid: 'production' or 'exam'",
        "'dream' não é válido. Válidos: 'production'",
    ),
    "an unknown priority": (
        b"priorities: [beauty]",
        "[priorities.0]: 'beauty' is not valid. Valid: 'least-effort'",
        "não é válido",
    ),
    "an unknown decision": (
        b"choices: {endpiont: {options: []}}",
        "there is no such decision. Nearest: endpoint",
        "não existe essa decisão. Mais próximos: endpoint",
    ),
    "an unknown option": (
        b"choices: {endpoint: {options: [privat]}}",
        "choices.endpoint: 'privat' is not an option. Nearest: private",
        "'privat' não é uma opção. Mais próximos: private",
    ),
    "a wrong shape": (
        b"answers: [a]",
        "bad.yaml:1 [answers]: the value does not fit this field",
        "o valor não serve para este campo",
    ),
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_bad_file_is_refused_with_one_clear_message(run, what):
    content, english, portuguese = BAD_FILES[what]
    for language, message in (("en", english), ("pt", portuguese)):
        result = run("decide", "bad.yaml", "--language", language, files={"bad.yaml": content})
        assert result.exit_code == 2
        assert message in result.stderr
        assert result.stdout == ""
        assert max(map(len, result.stderr.splitlines())) < 400


BAD_OPTIONS = {
    "no such file": (["missing.yaml"], "missing.yaml: there is no such file", "missing.yaml: não existe esse arquivo"),
    "a folder": (["."], ".: this is a folder", ".: isto é uma pasta"),
    "a name that no file can have": (["x" * 5_000], "the file cannot be read", "o arquivo não pode ser lido"),
    "--set of an unknown criterion": (
        ["p.yaml", "--set", "isolaton=x"],
        "--set isolaton=x: no such criterion. Nearest: isolation",
        "critério inexistente. Mais próximos: isolation",
    ),
    "--set of an unknown answer": (
        ["p.yaml", "--set", "isolation=perimetre"],
        "answers.isolation: 'perimetre' is not an answer. Nearest: perimeter",
        "não é uma resposta",
    ),
    "--set without a value": (
        ["p.yaml", "--set", "isolation"],
        "isolation: write it as name=value",
        "isolation: escreva como nome=valor",
    ),
    "--set of a bad quantity": (
        ["p.yaml", "--set", "payload=huge"],
        "answers.payload: 'huge' is not a number",
        "'huge' não é um número",
    ),
    "--set of a bad date": (
        ["p.yaml", "--set", "lives-until=soon"],
        "answers.lives-until: 'soon' is not a date",
        "'soon' não é uma data",
    ),
    "--choose of an unknown decision": (
        ["p.yaml", "--choose", "endpiont=private"],
        "choices.endpiont: there is no such decision. Nearest: endpoint",
        "não existe essa decisão. Mais próximos: endpoint",
    ),
    "--choose of an unknown option": (
        ["p.yaml", "--choose", "endpoint=privat"],
        "choices.endpoint: 'privat' is not an option. Nearest: private",
        "'privat' não é uma opção",
    ),
    "--choose without an option": (
        ["p.yaml", "--choose", "endpoint"],
        "endpoint: write it as name=value",
        "endpoint: escreva como nome=valor",
    ),
    "--as-of of a bad day": (["p.yaml", "--as-of", "2026-02-30"], "--as-of", "--as-of"),
    "--lens of a dream": (["p.yaml", "--lens", "dream"], "--lens", "--lens"),
    "--format of a dream": (["p.yaml", "--format", "dream"], "--format", "--format"),
    "an option that does not exist": (["p.yaml", "--dream"], "--dream", "--dream"),
    "no file at all": ([], "Missing argument", "Missing argument"),
}


@pytest.mark.parametrize("what", BAD_OPTIONS)
@pytest.mark.parametrize("command", ["decide", "diagram"])
def test_a_bad_option_is_refused_with_one_clear_message(run, command, what):
    arguments, english, portuguese = BAD_OPTIONS[what]
    for language, message in (("en", english), ("pt", portuguese)):
        result = run(command, *arguments, "--language", language)
        assert result.exit_code == 2
        assert message in result.stderr
        assert result.stdout == ""


def test_every_problem_is_said_at_once(run):
    result = run("decide", "-", stdin="answers: {isolation: wall, payload: huge, isolaton: x}")
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "answers.isolation",
        "answers.payload",
        "answers.isolaton",
    ]


# --- diagram, check, list, schema -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["architecture", "decisions"])
@pytest.mark.parametrize(("form", "begins"), [("mermaid", "flowchart"), ("svg", "<svg"), ("json", "{")])
def test_diagram_draws_to_the_screen_or_into_a_file(run, kind, form, begins):
    shown = run("diagram", "p.yaml", "--kind", kind, "--format", form)
    assert shown.exit_code == 0
    assert begins in shown.stdout[:400]
    assert "Private" in shown.stdout or "private" in shown.stdout
    written = run("diagram", "p.yaml", "--kind", kind, "--format", form, "-o", "out.txt")
    assert (written.exit_code, written.stdout) == (0, "")
    assert Path("out.txt").read_text(encoding="utf-8") == shown.stdout


def test_diagram_that_cannot_be_written_is_refused(run):
    for place in (".", "no/such/folder/out.svg"):
        result = run("diagram", "p.yaml", "-o", place)
        assert result.exit_code == 2
        assert place in result.stderr


def test_check_counts_and_finds_nothing_in_a_whole_knowledge(run, monkeypatch):
    # the small world is not whole on purpose: only what agrees is asked for here
    monkeypatch.setattr("engine.verify.find_unsound", lambda *_: [])
    monkeypatch.setattr("engine.verify.find_uncovered", lambda *_: [])
    result = run("check")
    assert result.exit_code == 0
    assert "decision points: 3" in result.stdout
    assert "0 faults" in result.stdout
    assert "0 falhas" in run("check", "--language", "pt").stdout
    found = json.loads(run("check", "--format", "json").stdout)
    assert list(found) == ["version", "counts", "rules", "decided by order", "matrix", "uncovered", "faults"]
    assert found["counts"] == {
        "criteria": 10,
        "services": 3,
        "techniques": 1,
        "decision points": 3,
        "options": 7,
        "rules": 7,
        "scenarios": 1,
        "examples": 1,
        "considerations": 0,
        "considerations covered": 0,
    }
    assert found["rules"] == {"verified": 3, "unverified": 0, "judgement": 4}
    assert found["faults"] == []


BROKEN = {
    "techniques/shap.yaml": "name: {en: SHAP}\n",
    "decisions/approach.yaml": FILES["decisions/approach.yaml"].replace("short:", "shrot:"),
}


def test_check_names_every_fault_and_exits_with_one(run, monkeypatch, tmp_path):
    report = verify.check(write_world(tmp_path / "broken", BROKEN))
    monkeypatch.setattr("engine.verify.check", lambda **_: report)
    result = run("check")
    assert result.exit_code == 1
    assert "techniques/shap.yaml:1 [name.pt] the Portuguese text is missing -> add pt: ..." in result.stdout
    assert "decisions/approach.yaml:2 [shrot] the field 'shrot' is unknown" in result.stdout
    assert f"{len(report.faults)} faults" in result.stdout
    found = json.loads(run("check", "--format", "json").stdout)
    assert [list(fault) for fault in found["faults"]] == [["file", "line", "field", "message", "remedy"]] * len(
        report.faults
    )
    assert [fault["file"] for fault in found["faults"]] == sorted(fault["file"] for fault in found["faults"])


@pytest.mark.parametrize("arguments", [["decide", "p.yaml"], ["diagram", "p.yaml"], ["list", "criteria"]])
def test_a_command_over_broken_knowledge_names_its_faults_and_exits_with_two(monkeypatch, tmp_path, arguments):
    folder = write_world(tmp_path / "broken", BROKEN)
    monkeypatch.setattr("engine.__main__.load_knowledge", lambda: load_knowledge(folder))
    monkeypatch.chdir(tmp_path)
    Path("p.yaml").write_text(PROJECT)
    cached_knowledge.cache_clear()
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert "techniques/shap.yaml:1 [name.pt] the Portuguese text is missing" in result.stderr
    assert result.stdout == ""


LISTED = {
    "criteria": (
        ["isolation: Who may call?", "  perimeter: Inside a perimeter", "payload: How large is a request?"],
        ["isolation: Quem pode chamar?", "  perimeter: Dentro de um perímetro"],
        ["id", "label", "question", "kind", "nature", "answers"],
    ),
    "decisions": (
        ["endpoint: Which endpoint serves it?", "  private: Private"],
        ["endpoint: Qual endpoint serve?", "  private: Privado"],
        ["id", "label", "picks", "objectives", "options"],
    ),
    "services": (
        ["platform: Platform", "closed-engine: Closed Engine"],
        ["platform: Platform"],
        ["id", "names", "exam_name", "area", "purpose", "lifecycle"],
    ),
}


@pytest.mark.parametrize("what", LISTED)
def test_list_says_the_words_that_other_commands_take(run, what):
    english, portuguese, keys = LISTED[what]
    assert set(english) <= set(lines(run("list", what)))
    assert set(portuguese) <= set(lines(run("list", what, "--language", "pt")))
    found = json.loads(run("list", what, "--format", "json").stdout)
    expected = {one["id"]: keys for one in found} | {"payload": [*keys[:-1], "unit", keys[-1]]}
    assert all(list(one) == expected[one["id"]] for one in found)


def test_list_gives_names_over_time_units_and_uses(run):
    def listed(what):
        return {one["id"]: one for one in json.loads(run("list", what, "--format", "json").stdout)}

    assert listed("services")["platform"]["names"] == ["Old Platform", "Platform"]
    assert listed("services")["platform"]["exam_name"] == "The Guide's Platform"
    assert listed("services")["closed-engine"]["lifecycle"] == [
        {"stage": "ga", "on": "unknown"},
        {"stage": "closed-to-new", "on": "2026-03-01"},
    ]
    assert listed("criteria")["payload"]["unit"] == "MB"
    assert listed("decisions")["endpoint"]["options"][2] == {
        "id": "private",
        "label": "Private",
        "uses": ["platform/private"],
    }


def test_list_of_something_else_is_refused(run):
    result = run("list", "dreams")
    assert result.exit_code == 2
    assert "criteria" in result.stderr


def test_schema_writes_one_file_for_each_kind(run):
    result = run("schema", "-o", "schemas")
    assert result.exit_code == 0
    assert lines(result) == [f"schemas/{name}.schema.json" for name in SCHEMAS]
    for name in SCHEMAS:
        assert json.loads(Path(f"schemas/{name}.schema.json").read_text())["type"] == "object"


# --- hostile input ---------------------------------------------------------------------------------------------------


def run_in_a_process(*arguments, **options):
    environment = os.environ | options.pop("env", {})
    command = [sys.executable, "-m", "engine", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, **options)


def test_standard_input_that_is_not_utf_8_is_refused():
    result = run_in_a_process("decide", "-", input=b"title: \xff\n", env={"LC_ALL": "C.UTF-8"})
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr


def test_very_deep_nesting_is_refused():
    result = run_in_a_process("decide", "-", input=b"answers: " + b"[" * 100_000)
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr


def test_schemas_that_cannot_be_written_are_refused(run):
    result = run("schema", "-o", "p.yaml/schemas", files={"p.yaml": PROJECT})
    assert result.exit_code == 2


def test_a_mistake_is_named_once(run):
    assert run("decide", "-", stdin="answers: {isolation: {a: b}}").stderr.count("isolation") == 1


def test_two_options_are_not_pinned_where_one_is_picked(run):
    assert run("decide", "p.yaml", "--choose", "endpoint=public,private").exit_code == 2


# --- smoke: the real knowledge --------------------------------------------------------------------------------------

EXAMPLES = sorted((ROOT / "knowledge" / "examples").glob("*.yaml"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_real_example_is_decided_in_both_formats_languages_and_lenses(example):
    for lens in ("production", "exam"):
        found = CliRunner().invoke(app, ["decide", str(example), "--format", "json", "--lens", lens])
        assert found.exit_code in (0, 1)
        assert list(json.loads(found.stdout)) == TOP
    for language in ("en", "pt"):
        said = CliRunner().invoke(app, ["decide", str(example), "--language", language])
        assert said.exit_code == 0
        assert "[serving-platform]" in said.stdout


def test_real_knowledge_gives_the_same_bytes_in_every_process():
    example = str(EXAMPLES[0])
    runs = [run_in_a_process("decide", example, "--format", "json", env={"PYTHONHASHSEED": seed}) for seed in "12"]
    assert [one.returncode for one in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout
    assert json.loads(runs[0].stdout)["version"] == 1


def test_explain_adds_flips_conflicts_questions_and_stability(run):
    found = json.loads(run("decide", "p.yaml", "--format", "json", "--explain").stdout)
    assert list(found) == [*TOP, "flips", "conflicts", "next_questions", "stability"]
    assert found["next_questions"] == found["to_ask"]
    flips = found["flips"]["endpoint"]["options"]
    assert {"option": "public", "changes": [{"criterion": "isolation", "answer": ["public"], "news": False}]} in flips[
        "public"
    ]
    assert found["stability"]["endpoint"]["status"] == found["decisions"]["endpoint"]["status"]
    clash = json.loads(run("decide", "c.yaml", "--format", "json", "--explain", files={"c.yaml": CONFLICT}).stdout)
    (point,) = clash["conflicts"]
    assert clash["conflicts"][point]["sets"] == [["data-type", "isolation", "payload"]]
    assert clash["conflicts"][point]["relaxations"]


@pytest.mark.parametrize(
    ("shell", "said"),
    [
        ("{engine} decide /dev/zero", "/dev/zero: the file is too large"),
        ("{engine} decide - < /dev/zero", "-: the file is too large"),
        ("{engine} decide - <&-", "-: the file cannot be read"),
        ("{engine} list criteria > /dev/full", "standard output: No space left on device"),
    ],
)
def test_endless_closed_and_full_streams_are_refused_without_a_traceback(shell, said):
    command = ["sh", "-c", shell.format(engine=f"{sys.executable} -m engine")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)
    assert (result.returncode, result.stderr) == (2, f"{said}\n")
