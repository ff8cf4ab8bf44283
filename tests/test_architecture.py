"""What holds in every architecture, whatever the situation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import networkx as nx
import pytest

from engine.advice import rule_and_draw
from engine.architecture import Architecture
from engine.decision import Ruling
from engine.lifecycle import lifecycles, shutdown_of, stage_on
from engine.models import ConnectionKind, Stage
from engine.requirements import Requirements
from tests.real import KNOWLEDGE, SITUATIONS, requirements

# a situation with few answers may draw parts that are not connected yet; these are whole
COMPLETE = [*KNOWLEDGE.examples, *(name for name, one in KNOWLEDGE.scenarios.items() if one.components)]
WHOLE = [(name, lens) for name in COMPLETE for lens in ("production", "exam")]
CASES = [(name, lens) for name in SITUATIONS for lens in ("production", "exam") if not SITUATIONS[name].choices]
SERVED = {"endpoint", "model-service", "device"}


@dataclass(frozen=True)
class Case:
    requirements: Requirements
    rulings: Mapping[str, Ruling]
    architecture: Architecture


@cache
def _case(name, lens):
    given = requirements(SITUATIONS[name], lens=lens)
    return Case(given, *rule_and_draw(KNOWLEDGE, given))


@pytest.fixture(params=CASES, ids="-".join)
def case(request):
    return _case(*request.param)


@pytest.fixture(params=WHOLE, ids="-".join)
def whole(request):
    return _case(*request.param)


def _graph(architecture):
    graph = nx.DiGraph()
    graph.add_nodes_from(one.id for one in architecture.components)
    graph.add_edges_from((one.source, one.target) for one in architecture.connections)
    return graph


def test_what_serves_a_model_is_deployed_from_the_registry(whole):
    deployed = {one.target for one in whole.architecture.connections if one.kind is ConnectionKind.DEPLOY}
    there = {one.id for one in whole.architecture.components}
    assert (SERVED & there) <= deployed


def test_a_monitor_has_a_log_to_read(whole):
    graph = _graph(whole.architecture)
    logged = {one.target for one in whole.architecture.connections if one.kind is ConnectionKind.LOG}
    for connection in whole.architecture.connections:
        if connection.kind is ConnectionKind.MONITOR and connection.target == "monitor":
            assert graph.in_degree(connection.source), connection
            assert connection.source in logged, connection


def test_a_perimeter_excludes_the_dedicated_public_endpoint_and_the_endpoint_log(case):
    if "service-perimeter" in case.requirements.answers.get("isolation", ()):
        assert "dedicated-public" not in case.rulings["endpoint"].chosen
        assert "endpoint-log" not in case.rulings["inference-log"].chosen
        edges = {(one.source, one.kind) for one in case.architecture.connections}
        assert ("endpoint", ConnectionKind.LOG) not in edges


def test_a_peered_endpoint_has_no_log_and_no_split(case):
    if "vpc-peering" in case.rulings["endpoint"].chosen:
        assert "endpoint-log" not in case.rulings["inference-log"].chosen
        assert not {"canary", "ab-test"} & set(case.requirements.answers.get("rollout", ()))


def test_a_forecast_of_bigquery_never_stands_on_an_endpoint(case):
    if {"arima-plus", "arima-plus-xreg"} & set(case.rulings["bigquery-model"].chosen):
        assert "platform-endpoint" not in case.rulings["serving-platform"].chosen


def test_a_continuous_query_never_scores_an_own_model(case):
    if "continuous-query" in case.rulings["serving-platform"].chosen:
        assert case.rulings["approach"].chosen[0] not in ("bigquery-ml", "automl", "custom-training")


def test_nothing_that_has_ended_is_chosen_or_drawn(case):
    day = KNOWLEDGE.edition.day if case.requirements.lens == "exam" else case.requirements.as_of
    uses = {
        use
        for point, ruling in case.rulings.items()
        for option in ruling.chosen
        for use in KNOWLEDGE.decisions[point].option(option).uses
    }
    uses |= {one.service for one in case.architecture.components if one.service}
    for use in uses:
        for stages in lifecycles(KNOWLEDGE, use):
            stage = stage_on(stages, day)
            assert stage is None or stage.stage is not Stage.SHUTDOWN, use


def test_what_is_chosen_outlives_the_system(case):
    lives_until = case.requirements.answers.get("lives-until")
    if case.requirements.lens == "production" and isinstance(lives_until, date):
        for point, ruling in case.rulings.items():
            for option in ruling.chosen:
                for use in KNOWLEDGE.decisions[point].option(option).uses:
                    ends = [shutdown_of(stages) for stages in lifecycles(KNOWLEDGE, use)]
                    days = [end.on for end in ends if end and isinstance(end.on, date)]
                    assert not [day for day in days if day <= lives_until], use


def test_connections_end_at_components(case):
    there = {one.id for one in case.architecture.components}
    assert all({one.source, one.target} <= there for one in case.architecture.connections)


@pytest.mark.parametrize("name", COMPLETE)
def test_no_component_of_a_complete_situation_stands_alone(name):
    graph = _graph(_case(name, SITUATIONS[name].lens).architecture)
    assert not [node for node in graph if graph.degree(node) == 0]
