"""Answers as a person writes them: what fits is kept, what does not is named with the nearest valid words."""

from datetime import date
from decimal import Decimal

import pytest

from engine.models import ExampleFile, ProjectFile, Quality
from engine.quantity import Quantity
from engine.requirements import nearest, read_answer, read_requirements, write_answer
from engine.text import Unreadable
from tests.small_world import TODAY, criterion, point, said

CRITERIA = {
    one.id: one
    for one in (
        criterion("isolation", answers="public private perimeter"),
        criterion("watch", "many", "drift skew reasons"),
        criterion("payload", "quantity"),
        criterion("lives-until", "date"),
    )
}
DECISIONS = {
    "endpoint": point("endpoint", "public private"),
    "monitoring": point("monitoring", "drift skew", picks="many"),
}

READ = [
    ("isolation", "private", frozenset({"private"})),
    ("isolation", ("private",), frozenset({"private"})),
    ("watch", ("skew", "drift", "skew"), frozenset({"drift", "skew"})),
    ("watch", "drift", frozenset({"drift"})),
    ("watch", (), frozenset()),  # a statement: none of these
    ("payload", "1,5 MB", Quantity(Decimal("1.5"), "MB")),
    ("payload", "2 GB", Quantity(Decimal(2), "GB")),
    ("payload", 3, Quantity(Decimal(3), "MB")),
    ("payload", 1.5, Quantity(Decimal("1.5"), "MB")),
    ("lives-until", date(2029, 1, 1), date(2029, 1, 1)),
    ("lives-until", "2029-01-01", date(2029, 1, 1)),
]


@pytest.mark.parametrize(("name", "raw", "value"), READ, ids=[f"{name}: {raw}" for name, raw, _ in READ])
def test_an_answer_is_read_and_written_back(name, raw, value):
    assert read_answer(CRITERIA[name], raw) == value
    assert read_answer(CRITERIA[name], write_answer(value)) == value


def test_an_answer_is_written_as_a_person_writes_it():
    assert write_answer(Quantity(Decimal("1.5"), "MB")) == "1.5 MB"
    assert write_answer(date(2029, 1, 1)) == date(2029, 1, 1)
    assert write_answer(frozenset({"skew", "reasons", "drift"})) == ("drift", "reasons", "skew")


REFUSED = [
    ("isolation", "privat", "'privat' is not an answer. Nearest: private", "Mais próximos: private"),
    ("isolation", "xyz", "Valid: public, private, perimeter", "Válidos: public, private, perimeter"),
    ("isolation", ("public", "private"), "it takes exactly one answer", "aceita exatamente uma resposta"),
    ("isolation", (), "it takes exactly one answer", "aceita exatamente uma resposta"),
    ("isolation", 5, "'5' is not an answer", "'5' não é uma resposta"),
    ("isolation", date(2029, 1, 1), "'2029-01-01' is not an answer", "não é uma resposta"),
    ("watch", ("drift", "drfit"), "'drfit' is not an answer. Nearest: drift", "Mais próximos: drift"),
    ("payload", "much", "is not a number with a unit", "não é um número com unidade"),
    ("payload", "3 s", "give it in MB, not in s", "informe em MB, não em s"),
    ("payload", ("1 MB", "2 MB"), "is not a number with a unit", "não é um número com unidade"),
    ("lives-until", "soon", "'soon' is not a date such as 2029-01-01", "não é uma data como 2029-01-01"),
    ("lives-until", "2029-02-30", "is not a date", "não é uma data"),
    ("lives-until", 2029, "'2029' is not a date", "não é uma data"),
]


@pytest.mark.parametrize(("name", "raw", "en", "pt"), REFUSED, ids=[f"{row[0]}: {row[1]}" for row in REFUSED])
def test_an_answer_that_does_not_fit_is_refused_in_both_languages(name, raw, en, pt):
    with pytest.raises(Unreadable) as caught:
        read_answer(CRITERIA[name], raw)
    assert en in caught.value.text.en
    assert pt in caught.value.text.pt


def test_a_very_long_word_makes_a_short_message():
    with pytest.raises(Unreadable) as caught:
        read_answer(CRITERIA["isolation"], "x" * 100_000)
    assert len(caught.value.text.en) < 200


def test_nearest_names_near_words_else_the_first_twenty():
    many = [f"word-{number}" for number in range(30)]
    assert nearest("perimetre", ["public", "perimeter"]).en == "Nearest: perimeter"
    assert nearest("word", many).en == "Nearest: word-9, word-8, word-7"
    said = nearest("zzz", many)
    assert (said.en, said.pt) == (f"Valid: {', '.join(many[:20])} …", f"Válidos: {', '.join(many[:20])} …")
    assert nearest("zzz", many[:20]).en == f"Valid: {', '.join(many[:20])}"


def read(**fields):
    return read_requirements(CRITERIA, DECISIONS, ProjectFile.model_validate(fields), TODAY)


def test_requirements_hold_everything_that_a_project_says():
    found, problems = read(
        title="Fraud",
        lens="exam",
        as_of=date(2027, 1, 1),
        answers={"isolation": "private", "watch": []},
        priorities=["lowest-cost", "least-effort", "lowest-cost"],
        choices={"endpoint": {"options": ["public"], "reason": "a habit"}},
    )
    assert problems == ()
    assert (found.title, found.lens, found.as_of) == ("Fraud", "exam", date(2027, 1, 1))
    assert found.answers == {"isolation": frozenset({"private"}), "watch": frozenset()}
    assert found.priorities == (Quality.LOWEST_COST, Quality.LEAST_EFFORT)  # a second mention says nothing more
    assert found.choices["endpoint"].options == ("public",)
    assert found.choices["endpoint"].reason == "a habit"


def test_without_a_day_today_rules_and_the_lens_is_production():
    found, _ = read()
    assert (found.as_of, found.lens, found.answers, found.choices) == (TODAY, "production", {}, {})


@pytest.mark.parametrize("options", [[], ["public", "private"]])
def test_a_point_that_picks_one_takes_one_option(options):
    found, problems = read(choices={"endpoint": {"options": options}})
    assert [(one.place, one.message.en) for one in problems] == [("choices.endpoint", "it takes exactly one option")]
    assert problems[0].message.pt == "aceita exatamente uma opção"
    assert found.choices == {}
    assert read(choices={"monitoring": {"options": options and ["drift", "skew"]}})[1] == ()


def test_the_title_of_an_example_is_no_title_of_a_project():
    example = ExampleFile.model_validate({"title": said("Fraud"), "summary": said("Fraud as it happens.")})
    assert read_requirements(CRITERIA, DECISIONS, example, TODAY)[0].title == ""


def test_every_problem_is_named_and_what_fits_is_kept():
    found, problems = read(
        answers={"isolation": "privat", "payload": "3 MB", "isolaton": "public"},
        choices={"endpoint": {"options": ["secret"]}, "endpiont": {"options": []}, "monitoring": {"options": ["skew"]}},
    )
    assert [(one.place, one.message.en) for one in problems] == [
        ("answers.isolation", "'privat' is not an answer. Nearest: private, perimeter"),
        ("answers.isolaton", "there is no such criterion. Nearest: isolation"),
        ("choices.endpoint", "'secret' is not an option. Valid: public, private"),
        ("choices.endpiont", "there is no such decision. Nearest: endpoint"),
    ]
    assert list(found.answers) == ["payload"]
    assert list(found.choices) == ["monitoring"]
    assert problems[1].in_("pt") == "answers.isolaton: não existe esse critério. Mais próximos: isolation"
