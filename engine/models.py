"""The words of the product as values: criteria, services, decision points, rules, parts of an architecture."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema

from engine.quantity import UNITS, Quantity
from engine.text import Language as Language
from engine.text import Text as Text

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Lens = Literal["production", "exam"]
Strength = Literal["strong", "slight"]
# a name in a published package, below its root: google-cloud-bigquery/bigquery_v2.Model.ModelType.ARIMA_PLUS
ApiName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[A-Za-z]\w*(\.[A-Za-z]\w*)+$")]
Url = Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
Maybe = date | Literal["unknown"]


class Quality(StrEnum):
    """What a user can rank as a priority and what each option is graded on, 1 (poor) to 5 (best)."""

    LEAST_EFFORT = "least-effort"
    FASTEST_DELIVERY = "fastest-delivery"
    LOWEST_COST = "lowest-cost"
    LOWEST_LATENCY = "lowest-latency"
    ACCURACY = "accuracy"
    CONTROL = "control"
    PORTABILITY = "portability"
    EXPLAINABILITY = "explainability"


class Stage(StrEnum):
    PREVIEW = "preview"
    GA = "ga"
    CLOSED_TO_NEW = "closed-to-new"
    DEPRECATED = "deprecated"
    SHUTDOWN = "shutdown"


class Category(StrEnum):
    """What a box is, for its icon: one per kind of thing, never one per product."""

    QUEUE = "queue"
    STREAM = "stream"
    TABLE = "table"
    DATABASE = "database"
    STORAGE = "storage"
    PIPELINE = "pipeline"
    TRAINING = "training"
    REGISTRY = "registry"
    ENDPOINT = "endpoint"
    SERVICE = "service"
    API = "api"
    DOCUMENT = "document"
    MONITOR = "monitor"
    FUNCTION = "function"
    SCHEDULE = "schedule"
    NOTEBOOK = "notebook"
    CHIP = "chip"
    DEVICE = "device"
    SECURITY = "security"
    PERSON = "person"
    CHART = "chart"
    CODE = "code"


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Model):
    """Where a fact was read: `read` says what, `read_on` when; `copy_date` is the date of a stored copy."""

    url: Url
    read: Literal["page", "excerpt", "package", "third-party"]
    read_on: date
    copy_date: Maybe


# --- conditions and rules -------------------------------------------------------------------------------------------


class Condition(Model):
    """A test of one criterion or upstream decision. A plain list in YAML means `any_of`. All given parts must hold."""

    any_of: tuple[str, ...] | None = None
    none_of: tuple[str, ...] | None = None
    all_of: tuple[str, ...] | None = None
    over: Quantity | None = None
    up_to: Quantity | None = None
    under: Quantity | None = None
    at_least: Quantity | None = None
    before: date | None = None
    after: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _list_means_any_of(cls, value: object) -> object:
        return {"any_of": value} if isinstance(value, list | tuple) else value

    @model_validator(mode="after")
    def _says_something(self) -> "Condition":
        stated = {name for name in self.model_fields_set if getattr(self, name) not in (None, ())}
        if not stated or stated != self.model_fields_set:
            raise ValueError("an empty condition tests nothing: leave the criterion out instead")
        if stated & _SET_TESTS and len(stated) > 1:
            raise ValueError("use only one of any_of, none_of and all_of in a condition")
        if self.quantities and self.dates:
            raise ValueError("a condition tests a quantity or a date, not both")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Editors accept the plain list too."""
        whole = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [{"type": "array", "items": {"type": "string"}, "minItems": 1}, dict(whole)]}

    @property
    def values(self) -> tuple[str, ...]:
        """The answers or options that the condition names."""
        return self.any_of or self.none_of or self.all_of or ()

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(limit for limit in (self.over, self.up_to, self.under, self.at_least) if limit is not None)

    @property
    def dates(self) -> tuple[date, ...]:
        return tuple(day for day in (self.before, self.after) if day is not None)


_SET_TESTS = {"any_of", "none_of", "all_of"}
When = Mapping[str, Condition]


class Rule(Model):
    """`when` all conditions hold, exactly one effect: rules_out, requires, favours or disfavours."""

    id: Id
    when: When
    rules_out: tuple[Id, ...] = ()
    requires: tuple[Id, ...] = ()
    favours: Mapping[Id, Strength] = Field(default_factory=dict)
    disfavours: Mapping[Id, Strength] = Field(default_factory=dict)
    because: Text
    evidence: tuple[Evidence, ...] = ()
    unverified: bool = False
    lens: Lens | None = None

    @model_validator(mode="after")
    def _has_one_effect(self) -> "Rule":
        effects = [self.rules_out, self.requires, self.favours, self.disfavours]
        if sum(bool(effect) for effect in effects) != 1:
            raise ValueError("a rule has exactly one effect: rules_out, requires, favours or disfavours")
        return self

    @property
    def is_hard(self) -> bool:
        """Whether the rule is written to remove options; an unverified one only disfavours them."""
        return bool(self.rules_out or self.requires)

    @property
    def confidence(self) -> Literal["verified", "unverified", "judgement"]:
        if self.unverified:
            return "unverified"
        return "verified" if self.evidence else "judgement"

    @property
    def options(self) -> tuple[Id, ...]:
        """The options that the effect names."""
        return self.rules_out or self.requires or tuple(self.favours) or tuple(self.disfavours)


# --- criteria -------------------------------------------------------------------------------------------------------


class Answer(Model):
    id: Id
    label: Text
    help: Text | None = None
    assets: tuple[Id, ...] = ()  # services that this answer says the team already runs


class Criterion(Model):
    """A named dimension of the requirements."""

    id: Id
    label: Text
    question: Text
    help: Text | None = None
    kind: Literal["one", "many", "quantity", "date"]
    nature: Literal["fact", "wish"]
    answers: tuple[Answer, ...] = ()
    unit: str | None = None  # of a quantity: the unit in which it is asked
    common: tuple[Quantity, ...] = ()  # of a quantity: values offered as ready answers
    asked_when: When = Field(default_factory=dict)
    usual: tuple[Id, ...] | None = None  # never used to choose, only for "settled if nothing unusual"

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Criterion":
        if bool(self.answers) != (self.kind in ("one", "many")):
            raise ValueError("criteria of kind one and many list their answers, the other kinds do not")
        if bool(self.unit) != (self.kind == "quantity"):
            raise ValueError("a quantity names its unit, the other kinds do not")
        if self.unit and self.unit not in UNITS:
            raise ValueError(f"the unit {self.unit!r} is unknown; the units are {', '.join(UNITS)}")
        for value in self.common:
            if not self.unit or value.dimension != UNITS[self.unit][0]:
                raise ValueError(f"the ready answer {value} is not measured in {self.unit}")
        return self


class Impossible(Model):
    """Answers that cannot hold together in any world."""

    id: Id
    when: When
    because: Text


class CriteriaFile(Model):
    """One group of questions; `order` is its place in the questionnaire."""

    title: Text
    icon: str
    order: int
    criteria: tuple[Criterion, ...]
    impossible: tuple[Impossible, ...] = ()


# --- services and techniques ----------------------------------------------------------------------------------------


class LifecycleStage(Model):
    """The stage that begins `on` a day; an unknown beginning is said, never invented."""

    stage: Stage
    on: Maybe
    evidence: tuple[Evidence, ...] = ()


class Name(Model):
    """A name in force `until` a day; the last entry of a history has no end."""

    name: str
    until: Maybe | None = None


class Limit(Model):
    """A documented limit, in words with its number and unit."""

    what: Text
    value: str
    evidence: tuple[Evidence, ...] = ()


class Successor(Model):
    uses: tuple[str, ...] = ()  # services, service/capability or techniques
    note: Text | None = None


class Capability(Model):
    """A part of a service that has a life of its own; used as `service/capability`."""

    id: Id
    name: Text
    purpose: Text | None = None
    api: tuple[ApiName, ...] = ()
    lifecycle: tuple[LifecycleStage, ...] = ()
    successor: Successor | None = None
    limits: tuple[Limit, ...] = ()


class ServiceFile(Model):
    """A Google Cloud product: file name = id."""

    names: tuple[Name, ...] = Field(min_length=1)  # oldest first; the last is today's
    short: str | None = None  # for boxes, when today's name is long
    category: Category
    area: Literal["data", "train", "serve", "watch", "govern"]
    purpose: Text
    code: tuple[Id, ...] = ()  # answers of the criterion code-level that suffice to use it
    api: tuple[ApiName, ...] = ()  # what it is called in Google's own packages
    lifecycle: tuple[LifecycleStage, ...] = Field(min_length=1)
    successor: Successor | None = None
    capabilities: tuple[Capability, ...] = ()
    limits: tuple[Limit, ...] = ()
    controls: tuple[Text, ...] = ()  # isolation, residency, keys: one short statement each
    qualities: Mapping[Quality, Annotated[int, Field(ge=1, le=5)]] = Field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


class Service(ServiceFile):
    id: Id

    @property
    def name(self) -> str:
        return self.names[-1].name


class TechniqueFile(Model):
    """A technique or open-source tool: file name = id."""

    name: Text
    category: Category = Category.CODE
    purpose: Text
    api: tuple[ApiName, ...] = ()
    lifecycle: tuple[LifecycleStage, ...] = ()
    successor: Successor | None = None
    qualities: Mapping[Quality, Annotated[int, Field(ge=1, le=5)]] = Field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Technique(TechniqueFile):
    id: Id


class VocabularyFile(Model):
    """The names that one version of a published package holds: file name = package. Written by `make vocabulary`."""

    root: str  # the import path above the modules
    version: str
    read_on: date
    names: Mapping[str, Mapping[str, str]]  # module -> class or function -> its members, between spaces

    @cached_property
    def api(self) -> frozenset[str]:
        """Every name as it is cited after the package: module.Class and module.Class.member."""
        held = (
            (f"{module}.{one}", members) for module, within in self.names.items() for one, members in within.items()
        )
        return frozenset(
            name for one, members in held for name in (one, *(f"{one}.{member}" for member in members.split()))
        )


# --- decision points ------------------------------------------------------------------------------------------------


class Option(Model):
    """A candidate; `uses` names what it is made of: service, service/capability or technique."""

    id: Id
    label: Text
    uses: tuple[str, ...] = ()
    api: tuple[ApiName, ...] = ()
    qualities: Mapping[Quality, Annotated[int, Field(ge=1, le=5)]] = Field(default_factory=dict)


class DecisionFile(Model):
    """One question that the assistant settles: file name = id. Options stand from most managed to most laborious."""

    title: Text
    short: Text  # two or three words, for cards and the graph
    objectives: tuple[str, ...]
    picks: Literal["one", "many"] = "one"
    applies_when: When = Field(default_factory=dict)
    applies_because: Text | None = None  # why the question arises only then
    order_suffices: Text | None = None  # why the file's order may decide, where preferences leave many ties
    options: tuple[Option, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    conflicts: tuple[Impossible, ...] = ()  # answers with which nothing is left, and rightly so


class DecisionPoint(DecisionFile):
    id: Id

    def option(self, option_id: str) -> Option:
        return next(option for option in self.options if option.id == option_id)


# --- exam -----------------------------------------------------------------------------------------------------------


class Consideration(Model):
    id: str
    text: Text


class Subsection(Model):
    id: str
    title: Text
    considerations: tuple[Consideration, ...]


class Section(Model):
    id: str
    title: Text
    weight: int
    subsections: tuple[Subsection, ...]


class EditionFile(Model):
    """The exam guide of a date. `terms` are the guide's names; `excludes` is out of its scope whatever its age."""

    title: Text
    day: date
    default: bool = False
    sections: tuple[Section, ...]
    terms: Mapping[str, str] = Field(default_factory=dict)
    excludes: tuple[str, ...] = ()
    note: Text | None = None


class Edition(EditionFile):
    id: Id


# --- requirements ---------------------------------------------------------------------------------------------------


class Choice(Model):
    """A pin: options that the user fixes, with the reason."""

    options: tuple[Id, ...]
    reason: str = ""


RawAnswer = str | int | float | date | tuple[str, ...]


class ProjectFile(Model):
    """A saved set of requirements, as a person writes it; `answers` are checked against the knowledge afterwards."""

    version: Literal[1] = 1
    title: str = ""
    knowledge: str | None = None
    lens: Lens = "production"
    as_of: date | None = None
    answers: Mapping[str, RawAnswer] = Field(default_factory=dict)
    priorities: tuple[Quality, ...] = ()
    choices: Mapping[str, Choice] = Field(default_factory=dict)
    board: Mapping[str, object] = Field(default_factory=dict)

    @field_validator("as_of", mode="before")
    @classmethod
    def _is_written_as_a_day(cls, value: object) -> object:
        if isinstance(value, int | float):
            raise ValueError("write the day as YYYY-MM-DD")
        return value


class ExampleFile(ProjectFile):
    """A project file to start from: the title in both languages and one line on the situation."""

    title: Text  # type: ignore[assignment]
    summary: Text


# --- scenarios ------------------------------------------------------------------------------------------------------


class Expectation(Model):
    """What a scenario expects of one point: the options, and the cause without which the choice would differ."""

    choose: tuple[Id, ...] = ()
    because: str | None = None
    status: str | None = None


class ScenarioFile(Model):
    """A described situation with its requirements and outcome: golden test and practice question at once."""

    title: Text
    story: Text
    objectives: tuple[str, ...]
    requirements: ProjectFile
    expect: Mapping[str, Expectation] = Field(default_factory=dict)
    components: tuple[str, ...] | None = None  # the exact list, when the architecture is held too
    connections: tuple[str, ...] | None = None  # "from -> to: kind"
    without: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)  # criterion -> components that leave with it


class Scenario(ScenarioFile):
    id: Id


# --- architecture ---------------------------------------------------------------------------------------------------


class ConnectionKind(StrEnum):
    INGEST = "ingest"
    TRANSFORM = "transform"
    TRAIN = "train"
    REGISTER = "register"
    DEPLOY = "deploy"
    SERVE = "serve"
    LOOKUP = "lookup"
    LOG = "log"
    MONITOR = "monitor"
    TRIGGER = "trigger"
    SECURE = "secure"


class Lane(Model):
    id: Id
    title: Text


class ComponentRule(Model):
    """A component appears when any row of `when` holds. `*_of` take words and service of a decision's choice."""

    id: Id
    lane: Id
    when: tuple[When, ...]
    title: Text | None = None  # line 1, where it is not the service's name
    role: Text | None = None  # line 2
    role_of: Id | None = None  # line 2 is the label of this decision's choice
    service: str | None = None  # service or technique
    service_of: Id | None = None  # the first that this decision's choice uses
    category: Category | None = None
    decisions: tuple[Id, ...] = ()  # what a click explains, the first foremost
    existing: bool = False  # the user's own system


class ConnectionRule(Model):
    """A connection appears when both ends are there and any row of `when` holds (no row: always)."""

    source: Id = Field(alias="from")
    target: Id = Field(alias="to")
    kind: ConnectionKind
    label: Text
    when: tuple[When, ...] = ()
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ArchitectureFile(Model):
    lanes: tuple[Lane, ...] = ()
    components: tuple[ComponentRule, ...] = ()
    connections: tuple[ConnectionRule, ...] = ()
