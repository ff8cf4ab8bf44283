"""The lifecycles of the catalogue as a plotly figure: names above bars, a pattern a stage, a line for the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import plotly.graph_objects as go

from engine.lifecycle import write_day
from engine.models import LifecycleStage, Stage
from engine.text_metrics import text_width
from ui.catalogue import Entry
from ui.figures import CLEAR, FONT, NO_TEMPLATE, colour, escape, hover_look, modebar_look
from ui.service_facts import sign_of
from ui.texts import _, language

NAME, NOTE = (13, 600), (12, 400)  # size in px and weight
ONE_LINE = 308  # px that a name and its note may take together; on a phone a longer note stands on a line of its own
BAR, ROW, EXTRA_LINE = 11, 49, 16  # px
TOP, FOOT = 28, 78  # px for the word of the day, and for years and a legend of two rows
STAGES = (Stage.PREVIEW, Stage.GA, Stage.CLOSED_TO_NEW, Stage.DEPRECATED, Stage.SHUTDOWN)
TOKEN = {
    Stage.PREVIEW: "violetTextColor",
    Stage.GA: "greenTextColor",
    Stage.CLOSED_TO_NEW: "blueTextColor",
    Stage.DEPRECATED: "orangeTextColor",
    Stage.SHUTDOWN: "grayColor",
}
PATTERN = {Stage.PREVIEW: "-", Stage.GA: "", Stage.CLOSED_TO_NEW: ".", Stage.DEPRECATED: "/", Stage.SHUTDOWN: "x"}
_SLICES, _FADED_DAYS = 12, 400  # of the fog out of which an unknown beginning comes
_DAY = 86_400_000  # ms, as plotly counts days


@dataclass(frozen=True)
class Span:
    """A stage from one day to the next stage; `begin` is None where the beginning is unknown, `end` while it lasts."""

    stage: Stage
    begin: date | None
    end: date | None


@dataclass(frozen=True)
class Row:
    """One life with the words above it."""

    use: str
    name: str
    note: str
    spans: tuple[Span, ...]

    @property
    def breaks(self) -> bool:
        """Whether the note goes to a line of its own."""
        return text_width(self.name, *NAME) + text_width(self.note, *NOTE) + 8 > ONE_LINE

    @property
    def height(self) -> int:
        return ROW + EXTRA_LINE if self.breaks else ROW


def find_spans(stages: tuple[LifecycleStage, ...]) -> tuple[Span, ...]:
    """The stages as spans. What came before a stage of unknown beginning is left out: nobody knows until when."""
    spans: list[Span] = []
    for place, stage in enumerate(stages):
        begin = None if stage.on == "unknown" else stage.on
        if begin is None:
            spans.clear()
        following = stages[place + 1].on if place + 1 < len(stages) else None
        spans.append(Span(stage.stage, begin, following if isinstance(following, date) else None))
    return tuple(spans)


def make_rows(entries: list[Entry], as_of: date) -> list[Row]:
    """A row for each entry with something to show: what ends next first, then what ended last, previews, new names."""
    telling = sorted((entry for entry in entries if entry.stages), key=lambda entry: _urgency(entry, as_of))
    return [Row(one.use, one.short, say_note(one, as_of), find_spans(one.stages)) for one in telling]


def _urgency(entry: Entry, as_of: date) -> tuple[int, int, str]:
    end = entry.end if isinstance(entry.end, date) else None
    if end and end > as_of:
        return 0, end.toordinal(), entry.name
    order = {Stage.DEPRECATED: 1, Stage.CLOSED_TO_NEW: 1, Stage.SHUTDOWN: 2, Stage.PREVIEW: 3}
    rank = order.get(entry.stage, 4 if entry.former else 5) if entry.stage else 5
    return rank, -end.toordinal() if end else 0, entry.name


def say_note(entry: Entry, as_of: date) -> str:
    """What matters of a life on a day: its end, else its stage and when that began; whose part it is; a former name."""
    whose = [entry.whole] if entry.whole else []
    return ", ".join([_say_life(entry, as_of), *whose, *_say_former(entry)])


def _say_life(entry: Entry, as_of: date) -> str:
    end = entry.end
    if isinstance(end, date):
        words = _("ends {day}") if end > as_of else _("shut down {day}")
        return words.format(day=_day(end))
    if end == "unknown":
        return _("shut down, day unknown")
    current = next((one for one in reversed(entry.stages) if one.on == "unknown" or one.on <= as_of), entry.stages[0])
    word = sign_of(current.stage).word if current.stage is Stage.GA else sign_of(current.stage).word.lower()
    if isinstance(current.on, date):
        return _("{stage} since {day}").format(stage=word, day=_day(current.on))
    return word


def _say_former(entry: Entry) -> Iterator[str]:
    if entry.former:
        name, until = entry.former[-1]
        if isinstance(until, date):
            yield _("{name} until {day}").format(name=name, day=_day(until))
        else:
            yield _("formerly {name}").format(name=name)


def _day(day: date) -> str:
    return write_day(day, language()).replace(" ", "\N{NO-BREAK SPACE}")


# --- the figure -----------------------------------------------------------------------------------------------------


def timeline_figure(rows: list[Row], as_of: date, today: str) -> go.Figure:
    """Bars of days; one unit upwards is a px. It may stretch, since no word hangs on its width.

    `today` is the word on the line of the day.
    """
    tops = _tops(rows)
    height = tops[-1] + rows[-1].height if rows else 0
    first, last = _window(rows, as_of)
    bars = _find_bars(rows, tops, first, last)
    return go.Figure(
        data=list(_traces(bars)),
        layout={
            "shapes": [*_fog(bars), _day_line(as_of, height)],
            "annotations": [
                *(word for row, top in zip(rows, tops, strict=True) for word in _row_words(row, top, first)),
                _day_word(as_of, today),
            ],
            "template": NO_TEMPLATE,
            "height": height + TOP + FOOT,
            "margin": {"l": 6, "r": 6, "t": TOP, "b": FOOT, "pad": 0},
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "barmode": "overlay",
            "bargap": 0,
            "hovermode": "closest",
            "hoverlabel": hover_look(),
            "modebar": modebar_look(),
            "showlegend": True,
            "legend": _legend_look(),
            "font": {"family": FONT, "size": 12, "color": colour("grayTextColor")},
            "xaxis": _days_axis(first, last),
            "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
        },
    )


def _tops(rows: list[Row]) -> list[int]:
    tops, top = [], 0
    for row in rows:
        tops.append(top)
        top += row.height
    return tops


def _window(rows: list[Row], as_of: date) -> tuple[date, date]:
    """From the first known day, at most five years back, to a year after the day or the last known end."""
    days = [day for row in rows for span in row.spans for day in (span.begin, span.end) if day]
    first = max(min([*days, as_of - timedelta(days=730)]), as_of - timedelta(days=5 * 365))
    last = max([*days, as_of + timedelta(days=365)])
    return first - timedelta(days=60), last + timedelta(days=120)


def _days_axis(first: date, last: date) -> dict[str, object]:
    return {
        "type": "date",
        "range": [first.isoformat(), last.isoformat()],
        "tickformat": "%Y",
        "dtick": "M12",
        "tick0": f"{first.year}-01-01",
        "gridcolor": colour("borderColor"),
        "tickfont": {"family": FONT, "size": 12, "color": colour("grayTextColor")},
        "fixedrange": True,
        "zeroline": False,
    }


def _legend_look() -> dict[str, object]:
    return {
        "orientation": "h",
        "x": 0,
        "y": 0,
        "yref": "container",
        "yanchor": "bottom",
        "font": {"family": FONT, "size": 12, "color": colour("grayTextColor")},
        "itemclick": False,
        "itemdoubleclick": False,
        "bgcolor": CLEAR,
    }


def _day_line(as_of: date, height: int) -> dict[str, object]:
    line = {"color": colour("textColor"), "width": 1.5}
    return {"type": "line", "x0": as_of.isoformat(), "x1": as_of.isoformat(), "y0": 0, "y1": height, "line": line}


def _day_word(as_of: date, today: str) -> dict[str, object]:
    font = {"family": FONT, "size": 12, "weight": 600, "color": colour("textColor")}
    return _word(as_of, 0, escape(today), font) | {"xanchor": "center", "yanchor": "bottom", "yshift": 2}


def _row_words(row: Row, top: int, first: date) -> Iterator[dict[str, object]]:
    """The name, and its note beside it or below, on plates in the page's colour that hide the lines behind them."""
    name_font = {"family": FONT, "size": NAME[0], "weight": NAME[1], "color": colour("textColor")}
    note_font = {"family": FONT, "size": NOTE[0], "weight": NOTE[1], "color": colour("grayTextColor")}
    yield _word(first, top + 19, escape(row.name), name_font)
    if row.breaks:
        yield _word(first, top + 19 + EXTRA_LINE, escape(row.note), note_font)
    else:
        beside = text_width(row.name, *NAME) + 8
        yield _word(first, top + 19, escape(row.note), note_font) | {"xshift": beside}


def _word(day: date, y: float, text: str, font: dict[str, object]) -> dict[str, object]:
    return {
        "x": day.isoformat(),
        "y": y,
        "text": text,
        "font": font,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        "bgcolor": colour("backgroundColor"),
        "borderpad": 1,
    }


# --- bars -----------------------------------------------------------------------------------------------------------


class _Bar(NamedTuple):
    row: Row
    span: Span
    middle: float
    begin: date
    end: date


def _find_bars(rows: list[Row], tops: list[int], first: date, last: date) -> list[_Bar]:
    bars = [
        _Bar(row, span, top + row.height - 12, max(span.begin or first, first), min(span.end or last, last))
        for row, top in zip(rows, tops, strict=True)
        for span in row.spans
    ]
    return [bar for bar in bars if bar.begin < bar.end]


def _traces(bars: list[_Bar]) -> Iterator[go.Bar]:
    """One trace a stage, for the legend. A click leaves everything as it is."""
    unchanged = {"marker": {"opacity": 1}}
    for stage in STAGES:
        drawn = [bar for bar in bars if bar.span.stage is stage]
        if drawn:
            yield go.Bar(
                orientation="h",
                name=sign_of(stage).word,
                base=[bar.begin.isoformat() for bar in drawn],
                x=[(bar.end - bar.begin).days * _DAY for bar in drawn],
                y=[bar.middle for bar in drawn],
                width=BAR,
                customdata=[bar.row.use for bar in drawn],
                hovertext=[_hover(bar) for bar in drawn],
                hoverinfo="text",
                marker=_bar_look(stage),
                selected=unchanged,
                unselected=unchanged,
            )


def _bar_look(stage: Stage) -> dict[str, object]:
    ink = colour(TOKEN[stage])
    return {
        "color": ink,
        "line": {"width": 0},
        "pattern": {
            "shape": PATTERN[stage],
            "fillmode": "replace",
            "fgcolor": ink,
            "bgcolor": colour("grayBackgroundColor"),
            "size": 6,
            "solidity": 0.45,
        },
    }


def _hover(bar: _Bar) -> str:
    word = sign_of(bar.span.stage).word
    since = _("since {day}").format(day=_day(bar.span.begin)) if bar.span.begin else _("since an unknown day")
    until = " " + _("until {day}").format(day=_day(bar.span.end)) if bar.span.end else ""
    return f"<b>{escape(bar.row.name)}</b><br>{escape(word)} {escape(since)}{escape(until)}"


def _fog(bars: list[_Bar]) -> Iterator[dict[str, object]]:
    """Unknown beginnings come out of a fog: slices in the page's colour over their bars, each thinner than the last."""
    faded = [bar for bar in bars if bar.span.begin is None]
    for slice_ in range(_SLICES if faded else 0):
        yield {
            "type": "path",
            "path": " ".join(_slice(bar, slice_) for bar in faded),
            "fillcolor": colour("backgroundColor"),
            "opacity": 1 - (slice_ + 1) / (_SLICES + 1),
            "line": {"width": 0},
            "layer": "above",
        }


def _slice(bar: _Bar, number: int) -> str:
    step = min(_FADED_DAYS, (bar.end - bar.begin).days) / _SLICES
    left, right = (bar.begin + timedelta(days=round(step * place)) for place in (number, number + 1))
    top, bottom = bar.middle - BAR / 2 - 1, bar.middle + BAR / 2 + 1
    return f"M{left},{top} L{right},{top} L{right},{bottom} L{left},{bottom} Z"
