"""What holds in every architecture, whatever the situation."""

from datetime import date

import networkx as nx
import pytest

from engine.lifecycle import lifecycles, shutdown_of, stage_on
from engine.models import ConnectionKind, Stage
from tests.real import DRAWN, KNOWLEDGE, TODAY, advice

CASES = [(name, lens) for name in DRAWN for lens in ("production", "exam")]
# a situation with few answers may draw parts that are not connected yet; these are whole
COMPLETE = [*KNOWLEDGE.examples, *(name for name, one in KNOWLEDGE.scenarios.items() if one.components)]
SERVED = {"endpoint", "model-service", "device"}


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def case(request):
    name, lens = request.param
    return advice(DRAWN[name], lens=lens)


def _graph(architecture):
    graph = nx.DiGraph()
    graph.add_nodes_from(one.id for one in architecture.components)
    graph.add_edges_from((one.source, one.target) for one in architecture.connections)
    return graph


def test_what_serves_a_model_is_deployed_from_the_registry(case):
    deployed = {one.target for one in case.architecture.connections if one.kind is ConnectionKind.DEPLOY}
    there = {one.id for one in case.architecture.components}
    assert (SERVED & there) <= deployed


def test_a_monitor_has_a_log_to_read(case):
    graph = _graph(case.architecture)
    logged = {one.target for one in case.architecture.connections if one.kind is ConnectionKind.LOG}
    for connection in case.architecture.connections:
        if connection.kind is ConnectionKind.MONITOR and connection.target == "monitor":
            assert graph.in_degree(connection.source), connection
            assert connection.source in logged, connection


def test_a_perimeter_excludes_the_dedicated_public_endpoint_and_the_endpoint_log(case):
    if "service-perimeter" in case.requirements.answers.get("isolation", ()):
        assert "dedicated-public" not in case.decisions["endpoint"].chosen
        assert "endpoint-log" not in case.decisions["inference-log"].chosen
        edges = {(one.source, one.kind) for one in case.architecture.connections}
        assert ("endpoint", ConnectionKind.LOG) not in edges


def test_a_peered_endpoint_has_no_log_and_no_split(case):
    if "vpc-peering" in case.decisions["endpoint"].chosen:
        assert "endpoint-log" not in case.decisions["inference-log"].chosen
        assert not {"canary", "ab-test"} & set(case.requirements.answers.get("rollout", ()))


def test_a_forecast_of_bigquery_never_stands_on_an_endpoint(case):
    if {"arima-plus", "arima-plus-xreg"} & set(case.decisions["bigquery-model"].chosen):
        assert "platform-endpoint" not in case.decisions["serving-platform"].chosen


def test_a_continuous_query_never_scores_an_own_model(case):
    if "continuous-query" in case.decisions["serving-platform"].chosen:
        assert case.decisions["approach"].chosen[0] not in ("bigquery-ml", "automl", "custom-training")


def test_nothing_that_has_ended_is_chosen_or_drawn(case):
    day = KNOWLEDGE.edition.day if case.lens == "exam" else TODAY
    uses = {
        use
        for decision in case.decisions.values()
        for option in decision.chosen
        for use in KNOWLEDGE.decisions[decision.point].option(option).uses
    }
    uses |= {one.service for one in case.architecture.components if one.service}
    for use in uses:
        for stages in lifecycles(KNOWLEDGE, use):
            stage = stage_on(stages, day)
            assert stage is None or stage.stage is not Stage.SHUTDOWN, use


def test_what_is_chosen_outlives_the_system(case):
    lives_until = case.requirements.answers.get("lives-until")
    if case.lens == "production" and isinstance(lives_until, date):
        for decision in case.decisions.values():
            for option in decision.chosen:
                for use in KNOWLEDGE.decisions[decision.point].option(option).uses:
                    ends = [shutdown_of(stages) for stages in lifecycles(KNOWLEDGE, use)]
                    days = [end.on for end in ends if end and isinstance(end.on, date)]
                    assert not [day for day in days if day <= lives_until], use


def test_connections_end_at_components(case):
    there = {one.id for one in case.architecture.components}
    assert all({one.source, one.target} <= there for one in case.architecture.connections)


@pytest.mark.parametrize("name", COMPLETE)
def test_no_component_of_a_complete_situation_stands_alone(name):
    graph = _graph(advice(DRAWN[name]).architecture)
    assert not [node for node in graph if graph.degree(node) == 0]
