"""The parts of a drawn architecture: where each box, label, lane and line stands, in px from the upper left corner."""

from dataclasses import dataclass, field, replace
from typing import Literal, Self

from engine.models import Category, ConnectionKind, Language

Point = tuple[float, float]

# Sizes in px that measuring, fault counting and drawing share.
BOX_HEIGHT = 42
TEXT_LEFT = 40  # of a box: margin 12, icon 20, gap 8
TEXT_RIGHT = 14
MARK_ROOM = 20  # at the right of a box: the lock, or the sign of an open decision
LABEL_HEIGHT = 18
LABEL_MARGIN = 14  # both sides together
LINE_ONE, LINE_TWO, LABEL, LANE_TITLE = (13, 600), (12, 400), (12, 500), (12, 600)  # size in px and weight


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Rect", gap: float = 0) -> bool:
        """Whether the two share some inner area, or stand closer than `gap`."""
        return (
            self.x < other.x + other.width + gap
            and other.x < self.x + self.width + gap
            and self.y < other.y + other.height + gap
            and other.y < self.y + self.height + gap
        )

    def moved(self, by_x: float, by_y: float) -> Self:
        return replace(self, x=self.x + by_x, y=self.y + by_y)

    def grown(self, by: float) -> "Rect":
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def holds(self, other: "Rect") -> bool:
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Box(Rect):
    """A component. `detail` is its second line; `locked_by` names the controls that protect it."""

    id: str
    lane: str
    title: str
    detail: str
    category: Category
    existing: bool = False
    open: bool = False
    locked_by: tuple[str, ...] = ()
    protects: tuple[str, ...] = ()  # of a control: the names of what it protects
    lane_title: str = ""  # said when its lane has no area of its own

    @property
    def text_room(self) -> float:
        """How wide its first line may be; the second runs under the mark."""
        return self.width - TEXT_LEFT - TEXT_RIGHT - (MARK_ROOM if self.open or self.locked_by else 0)


@dataclass(frozen=True, slots=True)
class LabelBox(Rect):
    """The words on a line; `edge` is its id."""

    edge: str
    text: str


@dataclass(frozen=True, slots=True)
class TitleBox(Rect):
    text: str


@dataclass(frozen=True, slots=True)
class LaneBox(Rect):
    """A filled area behind the boxes of a lane. Its title stands inside, where nothing else does."""

    id: str
    title: TitleBox

    def moved(self, by_x: float, by_y: float) -> Self:
        return replace(self, x=self.x + by_x, y=self.y + by_y, title=self.title.moved(by_x, by_y))


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from box to box, through the middle of its label; corners are rounded when it is drawn."""

    id: str
    source: str
    target: str
    kind: ConnectionKind
    points: tuple[Point, ...]

    def moved(self, by_x: float, by_y: float) -> Self:
        return replace(self, points=tuple((round(x + by_x, 1), round(y + by_y, 1)) for x, y in self.points))


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole drawing. `controls` stand in a row below it, `lanes_left_off` have no area of their own."""

    language: Language
    width: float = 0
    height: float = 0
    boxes: tuple[Box, ...] = ()
    labels: tuple[LabelBox, ...] = ()
    edges: tuple[Edge, ...] = ()
    lanes: tuple[LaneBox, ...] = ()
    controls: tuple[Box, ...] = ()
    controls_title: TitleBox | None = None
    lanes_left_off: tuple[str, ...] = field(default=())
    routing: Literal["ortho", "polyline"] = "ortho"
