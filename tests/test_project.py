"""Project files: read from YAML or JSON, every mistake named with its place, written so that changes stay small."""

import json
from datetime import date

import pytest

from engine.models import ProjectFile
from engine.project import LARGEST, InputError, override, read_project, write_project
from engine.requirements import read_requirements
from tests.small_world import TODAY, criterion, knowledge, point

KNOWLEDGE = knowledge(
    criteria=[
        criterion("isolation", answers="public private"),
        criterion("watch", "many", "drift skew"),
        criterion("payload", "quantity"),
        criterion("lives-until", "date"),
    ],
    decisions=[point("endpoint", "public private"), point("monitoring", "drift skew", picks="many")],
)
WHOLE = """\
version: 1
title: Fraude em tempo real
lens: exam
as_of: 2026-11-24
answers:
  isolation: private
  lives-until: 2029-01-01
  payload: 1.5 MB
  watch: [drift, skew]
priorities: [least-effort, lowest-cost]
choices:
  endpoint: {options: [public], reason: É um hábito}
"""


def test_a_whole_project_is_read():
    project = read_project(WHOLE, "fraud.yaml")
    assert (project.title, project.lens, project.as_of) == ("Fraude em tempo real", "exam", date(2026, 11, 24))
    assert project.answers["watch"] == ("drift", "skew")
    assert [str(one) for one in project.priorities] == ["least-effort", "lowest-cost"]
    assert project.choices["endpoint"].reason == "É um hábito"


def test_json_is_read_as_well():
    project = read_project(WHOLE, "fraud.yaml")
    content = json.dumps(project.model_dump(mode="json"), ensure_ascii=False)
    assert _meaning(read_project(content, "fraud.json")) == _meaning(project)


def test_yes_and_no_stay_words():
    assert read_project("answers: {streaming: yes, batch: no}", "x").answers == {"streaming": "yes", "batch": "no"}


@pytest.mark.parametrize("text", [WHOLE, "title: a\n", "answers: {watch: []}\n", "answers: {payload: 3}\n"])
def test_what_is_written_is_read_back(text):
    project = read_project(text, "x")
    written = write_project(project)
    assert _meaning(read_project(written, "x")) == _meaning(project)
    assert write_project(read_project(written, "x")) == written


def test_a_project_is_written_in_a_stable_order_and_without_what_is_not_said():
    written = write_project(ProjectFile.model_validate({"answers": {"watch": ["skew"], "isolation": "public"}}))
    assert written == "version: 1\nanswers:\n  isolation: public\n  watch:\n  - skew\n"
    assert "É um hábito" in write_project(read_project(WHOLE, "x"))  # readable, not escaped


def _meaning(project):
    found, problems = read_requirements(KNOWLEDGE.criteria, KNOWLEDGE.decisions, project, TODAY)
    assert not problems
    return found


REFUSED = {  # text -> the places, words that stand in the message in both languages
    "nothing": ("", "x", "empty", None),
    "a list": ("- a\n", "x", "the file holds no fields such as answers:", "o arquivo não tem campos como answers:"),
    "a word": ("hello", "x", "the file holds no fields such as answers:", "o arquivo não tem campos como answers:"),
    "broken": ("answers: {a: b\n", "x:2", "did not find expected ',' or '}'", None),
    "a key twice": ("title: a\ntitle: b\n", "x:2", "the key 'title' stands twice", None),
    "a day as a number": ("as_of: 0\n", "x:1 [as_of]", "the value does not fit this field", None),
    "an alias": ("title: &a b\nknowledge: *a\n", "x:2", "an alias (*) is used", None),
    "an unknown field": ("anwsers: {a: b}\n", "x:1 [anwsers]", "Nearest: answers", "Mais próximos: answers"),
    "an unknown field of a choice": (
        "choices:\n  endpoint:\n    options: []\n    reasons: x\n",
        "x:4 [choices.endpoint.reasons]",
        "the field is unknown",
        "o campo é desconhecido",
    ),
    "an unknown lens": (
        "lens: dream\n",
        "x:1 [lens]",
        "'dream' is not valid. Valid: 'production' or 'exam'",
        "'dream' não é válido. Válidos:",
    ),
    "an unknown priority": ("priorities: [beauty]\n", "x:1 [priorities.0]", "Valid: 'least-effort',", "Válidos:"),
    "another version": ("version: 2\n", "x:1 [version]", "2 is not valid. Valid: 1", "2 não é válido"),
    "a bad day": ("as_of: soon\n", "x:1 [as_of]", "does not fit this field", "não serve para este campo"),
    "answers in a list": ("answers: [a]\n", "x:1 [answers]", "does not fit this field", "não serve para este campo"),
    "answers in words": ("answers: many\n", "x:1 [answers]", "does not fit this field", "não serve para este campo"),
    "a choice without options": ("choices: {endpoint: {}}\n", "x:1 [choices.endpoint.options]", "does not fit", "não"),
    "an option in capitals": ("choices: {endpoint: {options: [Public]}}\n", "x:1 [", "does not fit", "não serve"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_mistake_of_form_is_named_with_its_place(what):
    text, place, en, pt = REFUSED[what]
    with pytest.raises(InputError) as caught:
        read_project(text, "x")
    first = caught.value.problems[0]
    assert first.place.startswith(place)
    assert en in first.in_("en")
    assert pt is None or pt in first.in_("pt")


@pytest.mark.parametrize("place", ["anwsers: {}", "lens: dream", "priorities: [beauty]"])
def test_several_mistakes_are_named_at_once(place):
    with pytest.raises(InputError) as caught:
        read_project(f"version: 2\nas_of: soon\n{place}\n", "x")
    assert sorted(one.place.partition(" ")[0] for one in caught.value.problems) == ["x:1", "x:2", "x:3"]


@pytest.mark.parametrize(("spare", "fits"), [(0, True), (1, False)])
def test_a_file_is_as_large_as_the_limit_at_most(spare, fits):
    text = "title: a #".ljust(LARGEST + spare, "x")
    if fits:
        assert read_project(text, "x").title == "a"
        return
    with pytest.raises(InputError, match="too large") as caught:
        read_project(text, "x")
    assert caught.value.problems[0].in_("pt") == "x: o arquivo é grande demais"


def test_a_small_file_never_expands_without_bound():
    layers = [f"l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 10)}]" for n in range(30)]
    with pytest.raises(InputError, match="alias"):
        read_project("\n".join(["l0: &l0 x", *layers]), "x")


@pytest.mark.parametrize(("levels", "fits"), [(50, True), (51, False), (5_000, False), (100_000, False)])
def test_a_file_nests_fifty_levels_at_most(levels, fits):
    inner = levels - 2  # of lists, in the mapping of the file and that of its board
    text = f"board: {{a: {'[' * inner}{']' * inner}}}"
    if fits:
        assert list(read_project(text, "x").board) == ["a"]
        return
    with pytest.raises(InputError, match="nested too deeply") as caught:
        read_project(text, "x")
    assert caught.value.problems[0].in_("pt") == "x: o conteúdo é aninhado demais"


def test_only_true_and_false_are_no_words():
    board = read_project("board: {a: true, b: False, c: off, d: no}", "x").board
    assert board == {"a": True, "b": False, "c": "off", "d": "no"}


# --- changes from the command line ----------------------------------------------------------------------------------


def change(*sets, choose=(), text="answers: {isolation: public, watch: [skew]}", **changes):
    return override(KNOWLEDGE, read_project(text, "x"), sets, choose, changes)


@pytest.mark.parametrize(
    ("setting", "answers"),
    [
        ("isolation=private", {"isolation": ("private",), "watch": ("skew",)}),
        (" isolation = private ", {"isolation": ("private",), "watch": ("skew",)}),
        ("watch=drift,skew", {"isolation": "public", "watch": ("drift", "skew")}),
        ("watch=drift, skew,", {"isolation": "public", "watch": ("drift", "skew")}),
        ("watch=", {"isolation": "public"}),
        ("payload=1,5 MB", {"isolation": "public", "watch": ("skew",), "payload": "1,5 MB"}),
        ("payload=", {"isolation": "public", "watch": ("skew",)}),
        ("lives-until=2029-01-01", {"isolation": "public", "watch": ("skew",), "lives-until": "2029-01-01"}),
    ],
)
def test_an_answer_is_set_or_taken_away(setting, answers):
    assert change(setting).answers == answers


def test_the_last_setting_of_an_answer_stands():
    assert change("isolation=private", "isolation=public").answers["isolation"] == ("public",)


def test_choices_are_pinned_beside_those_of_the_file():
    changed = change(
        choose=["endpoint=private", "monitoring=drift,skew"], text="choices: {endpoint: {options: [public]}}"
    )
    assert {name: one.options for name, one in changed.choices.items()} == {
        "endpoint": ("private",),
        "monitoring": ("drift", "skew"),
    }


def test_fields_are_changed():
    changed = change(lens="exam", as_of=date(2025, 1, 1))
    assert (changed.lens, changed.as_of, changed.answers["isolation"]) == ("exam", date(2025, 1, 1), "public")


@pytest.mark.parametrize(
    ("sets", "choose", "en", "pt"),
    [
        (["isolaton=x"], [], "no such criterion. Nearest: isolation", "critério inexistente. Mais próximos: isolation"),
        (["isolation"], [], "isolation: write it as name=value", "isolation: escreva como nome=valor"),
        (["=private"], [], "write it as name=value", "escreva como nome=valor"),
        ([], ["endpoint"], "write it as name=value", "escreva como nome=valor"),
        ([], ["endpoint=Public!"], "does not fit this field", "não serve para este campo"),
    ],
)
def test_a_change_that_cannot_be_read_is_refused(sets, choose, en, pt):
    with pytest.raises(InputError) as caught:
        change(*sets, choose=choose)
    assert ":None" not in caught.value.problems[0].place
    assert en in caught.value.problems[0].in_("en")
    assert pt in caught.value.problems[0].in_("pt")
