"""What the knowledge calls by the names of Google's own packages is called so in the versions that were read."""

from collections.abc import Iterator

import pytest
import yaml

from engine.models import Capability, Option, Service, Technique
from tests.conftest import ROOT
from tests.real import KNOWLEDGE

SNAPSHOT = ROOT / "knowledge" / "vocabulary"
PINS = dict(
    line.split("==")
    for line in (ROOT / ".ci" / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    if "==" in line
)
PLAN = yaml.safe_load((ROOT / ".ci" / "vocabulary.yaml").read_text(encoding="utf-8"))


def cited() -> Iterator[str]:
    parts: list[Service | Technique | Capability | Option] = [*KNOWLEDGE.services.values()]
    parts += KNOWLEDGE.techniques.values()
    parts += [capability for service in KNOWLEDGE.services.values() for capability in service.capabilities]
    parts += [option for point in KNOWLEDGE.decisions.values() for option in point.options]
    for part in parts:
        yield from part.api


NAMES = sorted(set(cited()))


@pytest.mark.parametrize("name", NAMES)
def test_a_cited_name_is_in_the_snapshot(name):
    package, _, word = name.partition("/")
    assert word in KNOWLEDGE.vocabulary[package].api


def test_enough_names_are_cited_to_be_a_check():
    assert len(NAMES) >= 150


def test_each_package_that_is_selected_was_read_in_its_pinned_version():
    assert KNOWLEDGE.vocabulary.keys() == PLAN.keys()
    assert {name: held.version for name, held in KNOWLEDGE.vocabulary.items()} == {name: PINS[name] for name in PLAN}


@pytest.mark.parametrize("package", PLAN)
def test_the_snapshot_holds_what_is_selected_and_is_sorted(package):
    held = KNOWLEDGE.vocabulary[package]
    assert held.root == PLAN[package]["root"]
    assert list(held.names) == sorted(PLAN[package]["modules"])
    for classes in held.names.values():
        assert list(classes) == sorted(classes)
        assert all(members.split() == sorted(members.split()) for members in classes.values())


def test_the_snapshot_stays_small():
    assert sum(file.stat().st_size for file in SNAPSHOT.iterdir()) < 200_000


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("bigquery_v2.Model.ModelType.ARIMA_PLUS", True),
        ("bigquery_v2.Model.ModelType", True),
        ("bigquery_v2.Model.ModelType.ARIMA_MINUS", False),
        ("bigquery_v2.ModelType", False),
        ("bigquery_v2", False),
    ],
)
def test_a_name_is_held_whole(name, held):
    assert (name in KNOWLEDGE.vocabulary["google-cloud-bigquery"].api) is held
