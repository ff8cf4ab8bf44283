"""Knowledge that does not hold together is refused: one broken file for each fault, named with its place and remedy."""

from dataclasses import dataclass

import pytest

from engine.knowledge import KnowledgeFault, load_knowledge
from engine.verify import check
from engine.yaml_files import Fault
from tests.small_world import FILES, write_world

NEEDS, LIMITS, PARTS = "criteria/needs.yaml", "criteria/limits.yaml", "architecture/parts.yaml"
APPROACH, ENDPOINT, MONITORING = "decisions/approach.yaml", "decisions/endpoint.yaml", "decisions/monitoring.yaml"
WAREHOUSE = "services/warehouse.yaml"
PLATFORM, CLOSED, SHAP = "services/platform.yaml", "services/closed-engine.yaml", "techniques/shap.yaml"
SPRING, SCENARIO, EXAMPLE = "exam/editions/spring.yaml", "exam/scenarios/private-images.yaml", "examples/images.yaml"


@dataclass(frozen=True)
class Broken:
    """In `file`, `old` becomes `new`; the fault is found on the line that then holds `at`."""

    file: str
    old: str
    new: str
    at: str
    field: str
    message: str
    remedy: str

    @property
    def text(self) -> str:
        assert FILES[self.file].count(self.old) == 1, f"{self.old!r} must stand exactly once in {self.file}"
        return FILES[self.file].replace(self.old, self.new)

    @property
    def fault(self) -> Fault:
        lines = [number for number, line in enumerate(self.text.split("\n"), 1) if self.at in line]
        assert len(lines) == 1, f"{self.at!r} must stand on one line"
        return Fault(self.file, self.message, self.remedy, self.field, lines[0])


PURPOSE = "{en: Gives reasons., pt: Dá razões.}"
REMEDY = "correct the value"
MADE_OF = {  # one file by itself
    "duplicate-key": Broken(
        LIMITS, "unit: MB\n", "unit: MB\n    unit: GB\n", "unit: GB", "criteria.1.unit",
        "the key 'unit' stands twice", "keep one of them",
    ),
    "alias": Broken(
        SHAP, f"name: {{en: SHAP, pt: SHAP}}\npurpose: {PURPOSE}", f"name: &same {PURPOSE}\npurpose: *same",
        "purpose: *same", "purpose", "an alias (*) is used", "write the value out",
    ),
    "broken-yaml": Broken(
        APPROACH, "options:\n", "options: [\n", "in-sql, label", "",
        "did not find expected node content", "check indentation, quotes and colons",
    ),
    "unreadable-date": Broken(
        SPRING, "day: 2026-01-15", "day: 2026-02-30", "2026-02-30", "day",
        "'2026-02-30' is not readable", "put it in quotes",
    ),
    "unknown-field": Broken(
        PLATFORM, "short: Platf.", "nickname: Platf.", "nickname", "nickname",
        "the field 'nickname' is unknown", "remove it or correct its name",
    ),
    "missing-field": Broken(
        APPROACH, 'objectives: ["1.1"]\n', "", "title", "objectives", "the field 'objectives' is missing", "add it",
    ),
    "missing-portuguese": Broken(
        ENDPOINT, "{en: A perimeter lets nobody in., pt: Um perímetro não deixa entrar.}", "{en: It lets nobody in.}",
        "It lets nobody in", "rules.0.because.pt", "the Portuguese text is missing", "add pt: ...",
    ),
    "missing-english": Broken(
        SHAP, PURPOSE, "{pt: Dá razões.}", "purpose", "purpose.en", "the English text is missing", "add en: ...",
    ),
    "rule-with-two-effects": Broken(
        ENDPOINT, "    rules_out: [private]", "    rules_out: [private]\n    favours: {public: slight}",
        "endpoint-large-payload", "rules.1",
        "a rule has exactly one effect: rules_out, requires, favours or disfavours", REMEDY,
    ),
    "rule-without-effect": Broken(
        APPROACH, "    rules_out: [in-sql]\n", "", "approach-images", "rules.0",
        "a rule has exactly one effect: rules_out, requires, favours or disfavours", REMEDY,
    ),
    "empty-condition": Broken(
        ENDPOINT, "when: {isolation: [perimeter]}", "when: {isolation: {}}", "isolation: {}", "rules.0.when.isolation",
        "an empty condition tests nothing: leave the criterion out instead", REMEDY,
    ),
    "empty-list-of-answers": Broken(
        ENDPOINT, "when: {isolation: [perimeter]}", "when: {isolation: []}", "isolation: []", "rules.0.when.isolation",
        "an empty condition tests nothing: leave the criterion out instead", REMEDY,
    ),
    "two-tests-of-sets": Broken(
        MONITORING, "{all_of: [drift]}", "{all_of: [drift], none_of: [reasons]}", "all_of: [drift]",
        "rules.0.when.watch", "use only one of any_of, none_of and all_of in a condition", REMEDY,
    ),
    "limit-without-unit": Broken(
        ENDPOINT, "over: 1.5 MB", "over: 1.5 parsecs", "parsecs", "rules.1.when.payload.over",
        "'1.5 parsecs' needs a unit: one of B, KB, MB, GB, TB, PB, ms, s, min, h, days, requests/min, rows, columns, "
        "classes, steps, pages, images, models, GPUs", REMEDY,
    ),
    "answers-of-a-quantity": Broken(
        LIMITS, "common: [1 MB]", "answers: [{id: much, label: {en: Much, pt: Muito}}]", "- id: payload", "criteria.1",
        "criteria of kind one and many list their answers, the other kinds do not", REMEDY,
    ),
    "quantity-without-unit": Broken(
        LIMITS, "    unit: MB\n", "", "- id: payload", "criteria.1",
        "a quantity names its unit, the other kinds do not", REMEDY,
    ),
    "unknown-strength": Broken(
        MONITORING, "{drift-check: strong}", "{drift-check: mighty}", "mighty", "rules.0.favours.drift-check",
        "Input should be 'strong' or 'slight'", REMEDY,
    ),
    "unknown-quality": Broken(
        "services/warehouse.yaml", "{least-effort: 5}", "{elegance: 5}", "elegance", "qualities.elegance.[key]",
        "Input should be 'least-effort', 'fastest-delivery', 'lowest-cost', 'lowest-latency', 'accuracy', 'control', "
        "'portability' or 'explainability'", REMEDY,
    ),
    "quality-beyond-five": Broken(
        "services/warehouse.yaml", "{least-effort: 5}", "{least-effort: 6}", "least-effort: 6",
        "qualities.least-effort", "Input should be less than or equal to 5", REMEDY,
    ),
    "api-name-without-package": Broken(
        WAREHOUSE, "[store-client/store_v1", "[store_v1", "api:", "api.0",
        r"String should match pattern '^[a-z0-9]+(-[a-z0-9]+)*/[A-Za-z]\w*(\.[A-Za-z]\w*)+$'", REMEDY,
    ),
    "id-in-capitals": Broken(
        NEEDS, "id: framework", "id: Framework", "id: Framework", "criteria.3.id",
        "String should match pattern '^[a-z0-9]+(-[a-z0-9]+)*$'", REMEDY,
    ),
    "source-without-https": Broken(
        CLOSED, "https://example.com/closed", "http://example.com/closed", "http://",
        "lifecycle.1.evidence.0.url", r"String should match pattern '^https://\S+$'", REMEDY,
    ),
}  # fmt: skip
AGREEMENT = {  # one file with the others
    "unknown-criterion-in-a-rule": Broken(
        ENDPOINT, "when: {isolation: [perimeter]}", "when: {isolatoin: [perimeter]}", "isolatoin",
        "rules.0.when.isolatoin", "the criterion 'isolatoin' is unknown", "Nearest: isolation",
    ),
    "unknown-answer-in-a-rule": Broken(
        ENDPOINT, "when: {isolation: [perimeter]}", "when: {isolation: [perimetre]}", "perimetre",
        "rules.0.when.isolation", "the answer 'perimetre' is unknown", "Nearest: perimeter",
    ),
    "unknown-criterion-in-asked-when": Broken(
        NEEDS, "asked_when: {code-level: [own-code]}", "asked_when: {code: [own-code]}", "asked_when",
        "criteria.3.asked_when.code", "the criterion 'code' is unknown", "Nearest: code-level",
    ),
    "unknown-answer-in-an-impossible-row": Broken(
        NEEDS, "task: [forecasting], data-type", "task: [guessing], data-type", "guessing",
        "impossible.0.when.task", "the answer 'guessing' is unknown", "Nearest: forecasting",
    ),
    "decision-in-asked-when": Broken(
        NEEDS, "asked_when: {code-level: [own-code]}", "asked_when: {decision.approach: [in-sql]}", "asked_when",
        "criteria.3.asked_when.decision.approach", "only criteria can be tested here", "remove the decision",
    ),
    "decision-in-an-impossible-row": Broken(
        NEEDS, "task: [forecasting], data-type", "decision.approach: [in-sql], data-type", "decision.approach",
        "impossible.0.when.decision.approach", "only criteria can be tested here", "remove the decision",
    ),
    "impossible-without-condition": Broken(
        NEEDS, "when: {task: [forecasting], data-type: [images]}", "when: {}", "when: {}", "impossible.0.when",
        "images-make-no-series rules out every world", "give it conditions",
    ),
    "unknown-usual-answer": Broken(
        NEEDS, "usual: [classification]", "usual: [guessing]", "usual", "criteria.0.usual",
        "the usual answer 'guessing' is unknown", "Nearest: forecasting",
    ),
    "unknown-asset": Broken(
        LIMITS, "assets: [closed-engine]", "assets: [closed-engin]", "- id: existing-assets", "criteria.5",
        "the service 'closed-engin' is unknown", "Nearest: closed-engine",
    ),
    "unknown-option-in-a-rule": Broken(
        ENDPOINT, "rules_out: [private]", "rules_out: [privat]", "endpoint-large-payload", "rules.1",
        "the option 'privat' is unknown", "Nearest: private",
    ),
    "unknown-upstream-decision": Broken(
        ENDPOINT, "applies_when: {decision.approach:", "applies_when: {decision.aproach:", "applies_when",
        "applies_when.decision.aproach", "the decision 'aproach' is unknown", "Nearest: approach",
    ),
    "unknown-upstream-option": Broken(
        MONITORING, "none_of: [in-sql]", "none_of: [sequel]", "sequel", "rules.1.when.decision.approach",
        "the option 'sequel' is unknown", "Nearest: in-sql",
    ),
    "limit-on-an-upstream-decision": Broken(
        MONITORING, "{none_of: [in-sql]}", "{over: 1 MB}", "over: 1 MB", "rules.1.when.decision.approach",
        "a criterion of kind many cannot be tested like this", "use the tests of its kind",
    ),
    "limit-on-answers": Broken(
        ENDPOINT, "{isolation: [perimeter]}", "{isolation: {over: 1 MB}}", "over: 1 MB", "rules.0.when.isolation",
        "a criterion of kind one cannot be tested like this", "use the tests of its kind",
    ),
    "date-on-answers": Broken(
        ENDPOINT, "{isolation: [perimeter]}", "{isolation: {before: 2027-01-01}}", "before", "rules.0.when.isolation",
        "a criterion of kind one cannot be tested like this", "use the tests of its kind",
    ),
    "date-on-a-quantity": Broken(
        ENDPOINT, "over: 1.5 MB", "before: 2027-01-01", "before", "rules.1.when.payload",
        "a criterion of kind quantity cannot be tested like this", "use the tests of its kind",
    ),
    "limit-in-another-dimension": Broken(
        ENDPOINT, "over: 1.5 MB", "over: 1.5 s", "over: 1.5 s", "rules.1.when.payload",
        "1.5 s is not measured in MB", "give the limit in MB",
    ),
    "applies-without-a-reason": Broken(
        ENDPOINT, "applies_because: {en: SQL needs no endpoint., pt: SQL dispensa endpoint.}\n", "", "applies_when",
        "applies_when", "applies_when gives no reason", "add applies_because: {en: ..., pt: ...}",
    ),
    "unknown-objective-of-a-decision": Broken(
        ENDPOINT, 'objectives: ["4.1"]', 'objectives: ["4.7"]', "objectives", "objectives",
        "the objective '4.7' is unknown", "Nearest: 4.1",
    ),
    "unknown-service": Broken(
        APPROACH, "uses: [warehouse]", "uses: [warehose]", "warehose", "options.0.uses",
        "'warehose' is no service, capability or technique", "Nearest: warehouse",
    ),
    "unknown-capability": Broken(
        ENDPOINT, "uses: [platform/shared]", "uses: [platform/sharde]", "sharde", "options.1.uses",
        "'platform/sharde' is no service, capability or technique",
        "Nearest: platform/shared, platform/private, platform/public",
    ),
    "capability-of-a-technique": Broken(
        MONITORING, "uses: [shap]", "uses: [shap/kernel]", "shap/kernel", "options.1.uses",
        "'shap/kernel' is no service, capability or technique", "Nearest: shap",
    ),
    "unknown-package": Broken(
        WAREHOUSE, "[store-client/", "[store-cleint/", "api:", "api.0",
        "the package 'store-cleint' is unknown", "Nearest: store-client",
    ),
    "unknown-api-name-of-a-service": Broken(
        WAREHOUSE, "store_v1.Client.train", "store_v1.Client.trian", "api:", "api.0",
        "store-client 1.2.3 holds no 'store_v1.Client.trian'",
        "Nearest: store_v1.Client.train, store_v1.Client, store_v1.Client.predict",
    ),
    "unknown-api-name-of-a-capability": Broken(
        PLATFORM, "{id: public, name:", "{id: public, api: [store-client/store_v1.conect], name:", "conect",
        "capabilities.0.api.0", "store-client 1.2.3 holds no 'store_v1.conect'",
        "Nearest: store_v1.connect, store_v1.Client, store_v1.Kind",
    ),
    "unknown-api-name-of-a-technique": Broken(
        SHAP, "lifecycle: [", "api: [store-client/store_v1.Kind.SLOWER]\nlifecycle: [", "SLOWER", "api.0",
        "store-client 1.2.3 holds no 'store_v1.Kind.SLOWER'",
        "Nearest: store_v1.Kind.SLOW, store_v1.Kind.FAST, store_v1.Kind",
    ),
    "unknown-api-name-of-an-option": Broken(
        ENDPOINT, "uses: [platform/shared]",
        "uses: [platform/shared], api: [store-client/store_v1.Kind, store-client/store_v2.Kind]", "store_v2",
        "options.1.api.1", "store-client 1.2.3 holds no 'store_v2.Kind'",
        "Nearest: store_v1.Kind, store_v1.Kind.SLOW, store_v1.Kind.FAST",
    ),
    "rule-named-for-another-decision": Broken(
        MONITORING, "id: monitoring-drift-", "id: drift-", "drift-favours", "rules.0",
        "the rule drift-favours-drift-check does not begin with its decision", "name it monitoring-...",
    ),
    "rule-without-condition": Broken(
        MONITORING, "when: {watch: {all_of: [drift]}}", "when: {}", "monitoring-drift", "rules.0",
        "the rule monitoring-drift-favours-drift-check has no condition", "a taste without a condition is a quality",
    ),
    "hard-rule-without-evidence": Broken(
        APPROACH,
        '    evidence: [{url: "https://example.com/images", read: page, read_on: 2026-11-01, copy_date: 2026-08-22}]\n',
        "", "approach-images", "rules.0",
        "the hard rule approach-images-rule-out-sql has no evidence", "add evidence, or unverified: true",
    ),
    "ending-without-evidence": Broken(
        CLOSED,
        '    evidence: [{url: "https://example.com/closed", read: page, read_on: 2026-11-01, copy_date: unknown}]\n',
        "", "stage: closed-to-new", "lifecycle.1", "the stage closed-to-new has no evidence", "add evidence",
    ),
    "stages-out-of-order": Broken(
        CLOSED, "{stage: ga, on: unknown}", "{stage: ga, on: 2026-03-02}", "lifecycle", "lifecycle",
        "the stages are out of order", "list each once: earlier stages and dates first",
    ),
    "stages-backwards": Broken(
        PLATFORM, "lifecycle: [{stage: preview, on: 2025-05-01}]",
        "lifecycle: [{stage: ga, on: unknown}, {stage: preview, on: unknown}]", "stage: preview",
        "capabilities.1.lifecycle", "the stages are out of order", "list each once: earlier stages and dates first",
    ),
    "stage-twice-in-a-technique": Broken(
        SHAP, "[{stage: ga, on: unknown}]", "[{stage: ga, on: unknown}, {stage: ga, on: 2026-01-01}]", "lifecycle",
        "lifecycle", "the stages are out of order", "list each once: earlier stages and dates first",
    ),
    "unknown-code-level": Broken(
        "services/warehouse.yaml", "code: [sql]", "code: [sequel]", "sequel", "code",
        "the answer of code-level 'sequel' is unknown", "Nearest: sql",
    ),
    "unknown-successor-of-a-capability": Broken(
        PLATFORM, "successor: {uses: [platform/private]}", "successor: {uses: [platform/secret]}", "secret",
        "capabilities.2.successor", "'platform/secret' is no service, capability or technique",
        "Nearest: platform/shared, platform/private, platform/public",
    ),
    "unknown-successor-of-a-service": Broken(
        CLOSED, "area: data", "area: data\nsuccessor: {uses: [nowhere]}", "nowhere", "successor",
        "'nowhere' is no service, capability or technique", "Valid: closed-engine, platform, warehouse, shap",
    ),
    "unknown-successor-of-a-technique": Broken(
        SHAP, "lifecycle: [", "successor: {uses: [nowhere]}\nlifecycle: [", "nowhere", "successor",
        "'nowhere' is no service, capability or technique", "Valid: closed-engine, platform, warehouse, shap",
    ),
    "todays-name-has-ended": Broken(
        PLATFORM, "{name: Platform}]", "{name: Platform, until: unknown}]", "names", "names",
        "today's name has ended", "the last name has no until",
    ),
    "former-name-without-end": Broken(
        PLATFORM, "{name: Old Platform, until: 2026-01-01}", "{name: Old Platform}", "names", "names.0",
        "the former name 'Old Platform' has no end", "add until",
    ),
    "unknown-lane": Broken(
        PARTS, "- id: caller\n    lane: serve", "- id: caller\n    lane: server", "- id: caller", "components.0",
        "the lane 'server' is unknown", "Nearest: serve, spare",
    ),
    "unknown-role": Broken(
        PARTS, "role_of: endpoint", "role_of: endpiont", "- id: endpoint", "components.1",
        "the decision 'endpiont' is unknown", "Nearest: endpoint",
    ),
    "unknown-decision-of-a-component": Broken(
        PARTS, "decisions: [approach]", "decisions: [aproach]", "- id: table", "components.2",
        "the decision 'aproach' is unknown", "Nearest: approach",
    ),
    "unknown-service-of-a-component": Broken(
        PARTS, "service: warehouse", "service: warehose", "- id: table", "components.2",
        "'warehose' is no service, capability or technique", "Nearest: warehouse",
    ),
    "component-without-a-name": Broken(
        PARTS, "    service: warehouse\n", "", "- id: table", "components.2",
        "table has no name", "give it a title, service or service_of",
    ),
    "unknown-answer-of-a-component": Broken(
        PARTS, "when: [{isolation: [perimeter]}]", "when: [{isolation: [wall]}]", "wall",
        "components.0.when.isolation", "the answer 'wall' is unknown", "Valid: public, perimeter",
    ),
    "unknown-end-of-a-connection": Broken(
        PARTS, "from: caller, to: endpoint", "from: callers, to: endpoint", "callers", "connections.0",
        "the component 'callers' is unknown", "Nearest: caller, table",
    ),
    "unknown-answer-of-a-connection": Broken(
        PARTS, "when: [{task: [classification]}]", "when: [{task: [classing]}]", "classing",
        "connections.1.when.task", "the answer 'classing' is unknown", "Nearest: classification, forecasting",
    ),
    "unknown-term-of-an-edition": Broken(
        SPRING, "terms: {platform:", "terms: {platfrom:", "terms", "terms",
        "'platfrom' is no service, capability or technique", "Nearest: platform",
    ),
    "unknown-exclusion-of-an-edition": Broken(
        SPRING, "excludes: [shap]", "excludes: [shape]", "excludes", "excludes",
        "'shape' is no service, capability or technique", "Nearest: shap",
    ),
    "unknown-objective-of-a-scenario": Broken(
        SCENARIO, 'objectives: ["4.1"]', 'objectives: ["9.9"]', "objectives", "objectives",
        "the objective '9.9' is unknown", "Valid: 1.1, 4.1",
    ),
    "unknown-decision-of-a-scenario": Broken(
        SCENARIO, "  endpoint: {choose", "  endpiont: {choose", "expect:", "expect",
        "the decision 'endpiont' is unknown", "Nearest: endpoint",
    ),
    "unknown-option-of-a-scenario": Broken(
        SCENARIO, "choose: [private]", "choose: [secret]", "secret", "expect.endpoint",
        "the option 'secret' is unknown", "Nearest: shared",
    ),
    "unknown-component-of-a-scenario": Broken(
        SCENARIO, "components: [caller, endpoint]", "components: [caller, endpiont]", "components", "components",
        "the component 'endpiont' is unknown", "Nearest: endpoint",
    ),
    "removal-of-an-answer-that-a-scenario-lacks": Broken(
        SCENARIO, "without: {isolation: [caller]}", "without: {task: [caller]}", "without", "without",
        "the answer of it 'task' is unknown", "Valid: data-type, isolation",
    ),
    "unknown-answer-of-a-scenario": Broken(
        SCENARIO, "isolation: perimeter}", "isolation: wall}", "wall", "requirements.answers.isolation",
        "answers.isolation 'wall' is not an answer. Valid: public, perimeter", "correct it",
    ),
    "unknown-criterion-of-an-example": Broken(
        EXAMPLE, "payload: 1 MB", "pay: 1 MB", "pay: 1 MB", "answers.pay",
        "answers.pay there is no such criterion. Nearest: payload", "correct it",
    ),
    "pinned-option-of-an-example": Broken(
        EXAMPLE, "priorities: [least-effort]", "choices: {endpoint: {options: [secret]}}", "secret",
        "choices.endpoint", "choices.endpoint 'secret' is not an option. Nearest: shared", "correct it",
    ),
}  # fmt: skip
ALL = MADE_OF | AGREEMENT
SAID_TWICE = {"alias", "unreadable-date"}  # the value that is left in its place does not fit its field either


def faults_of(folder, changes):
    with pytest.raises(KnowledgeFault) as caught:
        load_knowledge(write_world(folder, changes))
    return list(caught.value.faults)


def test_the_small_world_has_no_fault(tmp_path):
    assert check(write_world(tmp_path)).faults == ()


@pytest.mark.parametrize("name", ALL)
def test_fault_is_named_with_place_and_remedy_and_alone(name, tmp_path):
    broken = ALL[name]
    found = faults_of(tmp_path, {broken.file: broken.text})
    assert broken.fault in found
    others = [fault for fault in found if fault != broken.fault]
    assert [fault.field for fault in others] == [broken.fault.field] * (name in SAID_TWICE)


TWICE = {
    "criterion": (LIMITS, "id: isolation", "id: task", [(NEEDS, "id: task"), (LIMITS, "id: task")]),
    "answer": (NEEDS, "{id: forecasting, label", "{id: classification, label", [
        (NEEDS, "id: classification, label: {en: A class"), (NEEDS, "id: classification, label: {en: A series")]),
    "option": (ENDPOINT, "{id: shared, label", "{id: public, label", [
        (ENDPOINT, "id: public, label: {en: Public"), (ENDPOINT, "id: public, label: {en: Shared")]),
    "capability": (PLATFORM, "{id: private, name", "{id: public, name", [
        (PLATFORM, "id: public, name: {en: Public"), (PLATFORM, "id: public, name: {en: Private")]),
    "component": (PARTS, "- id: table", "- id: caller", [
        (PARTS, "- id: caller\n    lane: serve\n    when: [{isolation"),
        (PARTS, "- id: caller\n    lane: serve\n    when: [{decision")]),
}  # fmt: skip


@pytest.mark.parametrize("what", TWICE)
def test_an_id_that_stands_twice_is_named_at_both_places(what, tmp_path):
    file, old, new, places = TWICE[what]
    changed = FILES | {file: FILES[file].replace(old, new)}
    found = [fault for fault in faults_of(tmp_path, changed) if "stands 2 times" in fault.message]
    expected = {(name, changed[name][: changed[name].index(at)].count("\n") + 1) for name, at in places}
    assert {(fault.file, fault.line) for fault in found} == expected
    assert {fault.remedy for fault in found} == {"give each its own id"}


def test_a_rule_id_of_two_decisions_is_named_in_both(tmp_path):
    same = FILES[MONITORING].replace("monitoring-drift-favours-drift-check", "endpoint-large-payload-rules-out-private")
    found = faults_of(tmp_path, {MONITORING: same})
    twice = [fault for fault in found if "stands 2 times" in fault.message]
    assert [(fault.file, fault.line, fault.field) for fault in twice] == [
        (ENDPOINT, 16, "rules.1.id"),
        (MONITORING, 9, "rules.0.id"),
    ]


@pytest.mark.parametrize("stage", ["deprecated", "shutdown"])
def test_each_ending_stage_needs_evidence(stage, tmp_path):
    text = FILES[SHAP].replace("[{stage: ga, on: unknown}]", f"[{{stage: {stage}, on: 2027-01-01}}]")
    found = faults_of(tmp_path, {SHAP: text})
    assert found == [Fault(SHAP, f"the stage {stage} has no evidence", "add evidence", "lifecycle.0", 3)]


def test_a_rule_that_is_said_to_be_unverified_needs_no_evidence(tmp_path):
    broken = AGREEMENT["hard-rule-without-evidence"]
    changed = FILES[broken.file].replace(broken.old, "    unverified: true\n")
    assert check(write_world(tmp_path, {broken.file: changed})).faults == ()


def test_decisions_that_wait_for_each_other_are_refused(tmp_path):
    circle = FILES[APPROACH].replace("when: {code-level: [sql]}", "when: {decision.endpoint: [public]}")
    found = faults_of(tmp_path, {APPROACH: circle})
    assert [(fault.message, fault.remedy) for fault in found] == [
        ("the decisions approach -> endpoint wait for each other", "break the circle")
    ]
    assert found[0].file == APPROACH


def test_a_fault_of_the_second_file_of_an_architecture_is_found_there(tmp_path):
    second = """\
components:
  - {id: fine, lane: serve, when: [], title: {en: Fine, pt: Bem}}
  - {id: lost, lane: nowhere, when: [], title: {en: Lost, pt: Perdido}}
connections:
  - {from: fine, to: gone, kind: serve, label: {en: calls, pt: chama}}
"""
    found = faults_of(tmp_path, {"architecture/second.yaml": second})
    assert [(fault.file, fault.line, fault.field, fault.message) for fault in found] == [
        ("architecture/second.yaml", 3, "components.1", "the lane 'nowhere' is unknown"),
        ("architecture/second.yaml", 5, "connections.0", "the component 'gone' is unknown"),
    ]


def test_a_scenario_may_leave_the_architecture_open(tmp_path):
    lines = FILES[SCENARIO].splitlines(keepends=True)
    without = "".join(line for line in lines if not line.startswith(("components", "connections", "without")))
    assert check(write_world(tmp_path, {SCENARIO: without})).faults == ()


def test_without_code_levels_a_service_cannot_name_one(tmp_path):
    found = faults_of(tmp_path, {NEEDS: FILES[NEEDS].replace("id: code-level", "id: coding")})
    assert "the answer of code-level 'sql' is unknown" in [fault.message for fault in found]


def test_an_id_of_a_service_is_no_technique_too(tmp_path):
    found = faults_of(tmp_path, {"techniques/warehouse.yaml": FILES[SHAP]})
    assert found == [Fault("techniques/warehouse.yaml", "warehouse is a service too", "give it another id", line=1)]


@pytest.mark.parametrize(("default", "count"), [("default: false", 0), ("default: true", 2)])
def test_exactly_one_edition_is_the_default(default, count, tmp_path):
    changes = {SPRING: FILES[SPRING].replace("default: true", default)}
    changes |= {"exam/editions/autumn.yaml": FILES[SPRING]} if count == 2 else {}
    assert faults_of(tmp_path, changes) == [
        Fault("exam/editions", f"{count} editions are the default", "make exactly one the default")
    ]


UNREADABLE = {
    "empty": (b"", "the file is empty", "write its content"),
    "only-a-comment": (b"# later\n", "the file is empty", "write its content"),
    "latin-1": ("title: é".encode("latin-1"), "the file is not UTF-8 text", "save it as UTF-8"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_file_without_readable_content_is_a_fault(what, tmp_path):
    content, message, remedy = UNREADABLE[what]
    write_world(tmp_path)
    (tmp_path / "services" / "new.yaml").write_bytes(content)
    assert list(check(tmp_path).faults) == [Fault("services/new.yaml", message, remedy)]


HOSTILE = {
    "two documents": ("a: 1\n---\nb: 2\n", "but found another document"),
    "control character": ("a: \x07\n", "not readable as YAML"),
    "python object": (
        "names: !!python/object/apply:os.system [ls]\n",
        "Input should be a valid dictionary or instance of Name",
    ),
    "deep flow": ("[" * 5_000, "did not find expected node content"),
    "deep blocks": ("- " * 5_000 + "x\n", "nested too deeply"),
    "alias of itself": ("a: &a [*a]\n", "an alias (*) is used"),
    "list": ("- a\n- b\n", "Input should be a valid dictionary or instance of ServiceFile"),
    "word": ("warehouse\n", "Input should be a valid dictionary or instance of ServiceFile"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_content_is_a_fault_of_its_file_and_never_an_error(what, tmp_path):
    text, message = HOSTILE[what]
    found = check(write_world(tmp_path, {"services/new.yaml": text})).faults
    assert {fault.file for fault in found} == {"services/new.yaml"}
    assert any(message in fault.message for fault in found)


def test_several_faults_are_reported_at_once_in_the_order_of_the_files(tmp_path):
    chosen = [broken for broken in AGREEMENT.values() if broken.file not in (NEEDS, LIMITS)]
    last_of_file = {broken.file: broken for broken in chosen}
    found = faults_of(tmp_path, {file: broken.text for file, broken in last_of_file.items()})
    expected = [broken.fault for broken in last_of_file.values()]
    assert len(expected) > 5
    assert [fault for fault in found if fault in expected] == sorted(expected, key=lambda fault: fault.file)
    assert found == sorted(found, key=lambda fault: fault.file)


def test_several_faults_of_one_file_are_reported_at_once(tmp_path):
    text = FILES[APPROACH].replace("uses: [warehouse]", "uses: [warehose]").replace("when: {code-level", "when: {code")
    found = faults_of(tmp_path, {APPROACH: text})
    assert [fault.line for fault in found] == [5, 14, 18]


def test_faults_of_one_file_stand_in_the_order_of_its_lines(tmp_path):
    effect, last = "    rules_out: [in-sql]\n", "pt: A equipe escreve SQL."
    text = "nickname: x\n" + FILES[APPROACH].replace(effect, "").replace(last, "").replace("in-sql, label", "In, label")
    expected = [(1, "nickname"), (6, "options.0.id"), (9, "rules.0"), (20, "rules.2.because.pt")]
    assert [(fault.line, fault.field) for fault in faults_of(tmp_path, {APPROACH: text})] == expected
    assert [(fault.line, fault.field) for fault in check(tmp_path).faults] == expected


def test_the_default_edition_is_the_one_that_the_exam_lens_follows(tmp_path):
    other = FILES[SPRING].replace("default: true", "default: false")
    assert load_knowledge(write_world(tmp_path, {"exam/editions/autumn.yaml": other})).edition.id == "spring"


def test_faults_of_form_are_reported_at_once(tmp_path):
    changes = {broken.file: broken.text for broken in MADE_OF.values()}
    assert {fault.file for fault in faults_of(tmp_path, changes)} == set(changes)


def test_a_fault_reads_as_place_field_message_and_remedy():
    fault = Fault("services/a.yaml", "the field 'x' is unknown", "remove it", "names.0.x", 4)
    assert str(fault) == "services/a.yaml:4 [names.0.x] the field 'x' is unknown -> remove it"
    assert str(Fault("exam/editions", "none is the default")) == "exam/editions none is the default"


def test_the_version_names_the_content(tmp_path):
    first = check(write_world(tmp_path / "first")).version
    again = check(write_world(tmp_path / "again")).version
    other = check(write_world(tmp_path / "other", {SHAP: FILES[SHAP] + "# a comment\n"})).version
    assert first == again != other


# faults of vocabulary and shape: file, old, new, words of the message
ASKS_ITSELF = "asked_when: {framework: [xgboost]}"
MISSHAPEN = {
    "questions-that-wait-for-each-other": (
        NEEDS,
        "asked_when: {code-level: [own-code]}",
        ASKS_ITSELF,
        "wait for each other",
    ),
    "unknown-unit-of-a-criterion": (LIMITS, "unit: MB", "unit: parsecs", "parsecs"),
    "ready-answer-in-another-unit": (LIMITS, "common: [1 MB]", "common: [1 s]", "not measured in"),
    "no-criterion-for-how-long-it-lives": (LIMITS, "id: lives-until", "id: lasts-until", "no date lives-until"),
    "how-long-it-lives-is-no-date": (LIMITS, "kind: date\n", "kind: quantity\n    unit: days\n", "no date lives-until"),
    "no-criterion-for-stability": (LIMITS, "id: stability", "id: firmness", "no stability with ga-only"),
    "no-answer-for-ga-only": (LIMITS, "id: ga-only", "id: only-ga", "no stability with ga-only"),
    "lane-twice": (PARTS, "{id: spare,", "{id: serve,", "stands 2 times"),
    "test-without-a-value": (ENDPOINT, "{isolation: [perimeter]}", "{isolation: {any_of: null}}", "tests nothing"),
    "size-of-a-date": (
        ENDPOINT,
        "{payload: {over: 1.5 MB}}",
        "{lives-until: {over: 1.5 MB, before: 2027-01-01}}",
        "not both",
    ),
}


@pytest.mark.parametrize("what", MISSHAPEN)
def test_a_misshapen_fact_is_found(what, tmp_path):
    file, old, new, words = MISSHAPEN[what]
    assert FILES[file].count(old) == 1, "the fixture is out of date"
    faults = check(write_world(tmp_path, {file: FILES[file].replace(old, new)})).faults
    assert any(words in fault.message for fault in faults), faults


def test_faults_of_form_and_of_agreement_are_reported_at_once(tmp_path):
    nicknamed = FILES[PLATFORM].replace("short: Platf.", "nickname: Platf.")
    missing = FILES[ENDPOINT].replace("{isolation: [perimeter]}", "{isolation: [moat]}")
    found = faults_of(tmp_path, {PLATFORM: nicknamed, ENDPOINT: missing})
    assert [(fault.file, fault.field) for fault in found] == [
        (ENDPOINT, "rules.0.when.isolation"),
        (PLATFORM, "nickname"),
    ]


@pytest.mark.parametrize("file", FILES)
def test_what_a_broken_file_holds_is_not_reported_as_missing_elsewhere(file, tmp_path):
    found = faults_of(tmp_path, {file: "nickname: x\n" + FILES[file]})
    assert {fault.file for fault in found} == {file}


@pytest.mark.parametrize("name", ["services/platform.yml", "services/My Platform.yaml", "decisions/notes.txt"])
def test_a_file_that_would_not_be_read_is_named(name, tmp_path):
    found = faults_of(tmp_path, {name: FILES[PLATFORM]})
    assert [(fault.file, fault.message) for fault in found] == [
        (name, "the name of the file is no id, so it is not read")
    ]


def test_an_impossible_combination_that_stands_twice_is_named(tmp_path):
    row = "  - id: images-make-no-series\n" + FILES[NEEDS].partition("  - id: images-make-no-series\n")[2]
    found = faults_of(tmp_path, {NEEDS: FILES[NEEDS] + row})
    assert [fault.field for fault in found] == ["impossible.0.id", "impossible.1.id"]
