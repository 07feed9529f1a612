"""The bullet chart: every KPI of a plan on one scale, in percent of its target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from kpi.characters import columns, wrapped
from kpi.charts.alternatives import alternative_text
from kpi.charts.bars import LIMIT, Bar
from kpi.charts.door import altair
from kpi.charts.style import COLUMN_WIDTH, FONT_SIZE, GREY, INK, LINE_HEIGHT, OUTLINES, SOFT, style
from kpi.charts.wording import WORDS
from kpi.evaluation.result import Result
from kpi.problems import Language

if TYPE_CHECKING:
    import altair as alt

_SCALE_WIDTH: Final = 260
_NAME_COLUMNS: Final = 46
_GAP: Final = 16
_CELLS: Final = ("value", "target", "verdict")
_TIPS: Final = ("name", "value", "target", "attainment", "called_for", "margin", "verdict")


def bullet_chart(results: Iterable[Result], language: Language = "en", *, title: str = "") -> alt.LayerChart:
    """The *results* as bars in percent of their targets, with value, target and verdict beside them.

    Positive is always good: a bar that reaches the thick line has met its target, whichever direction is better.
    A filled bar was achieved, an outlined one missed; a diamond is what this point of the year called for. Results
    without a value, or whose target is no number above 0, are rows without a bar that say so.

    Raises:
        MissingExtraError: altair is not installed.
    """
    shown = list(results)
    drawing = _Drawing(altair(), [_record(place, result, language) for place, result in enumerate(shown)], language)
    chart: alt.LayerChart = drawing.chart(title, alternative_text(shown, language))
    return chart


def _record(place: int, result: Result, language: Language) -> dict[str, Any]:
    """The row of *result*; its *place* keeps two KPIs of one name apart."""
    record = Bar.of(result).record(language)
    lines = wrapped(record["name"], _NAME_COLUMNS)
    return {"place": place, **record, "label": "\n".join(lines), "lines": len(lines)}


@frozen
class _Drawing:
    """Draws *records*; all widths are counted in columns of text, so that they hold where fonts are not known."""

    alt: Any
    records: Sequence[dict[str, Any]]
    language: Language

    def chart(self, title: str, description: str) -> Any:  # noqa: ANN401  # a chart of a library that is not there yet
        """All layers under one title."""
        layers = (*self._names(), *self._bars(), *self._marks(), *self._cells())
        chart = self.alt.layer(*layers, title=self._title(title), description=description)
        return chart.configure(**style())

    # ── where things stand ───────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _start(self) -> float:
        """Where the scale begins; the names stand before it."""
        return max((self._width(*record["label"].split("\n")) for record in self.records), default=0)

    @property
    def _right_edges(self) -> dict[str, float]:
        """Where each column behind the scale ends."""
        edge, edges = self._start + _SCALE_WIDTH + _GAP, {}
        for name in _CELLS:
            edge += _GAP + self._width(self._word(name), *(record[name] for record in self.records))
            edges[name] = edge
        return edges

    @property
    def _step(self) -> int:
        return 12 + LINE_HEIGHT * max((record["lines"] for record in self.records), default=1)

    @staticmethod
    def _width(*texts: str) -> float:
        return COLUMN_WIDTH * max(map(columns, texts))

    def _word(self, name: str) -> str:
        return WORDS[self.language][name]

    # ── the layers ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _rows(self, condition: str = "true") -> Any:  # noqa: ANN401  # the same
        """The rows for which *condition* holds."""
        alt = self.alt
        y = alt.Y("place:O", axis=None, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.2))
        size = {"width": max(self._right_edges.values()), "height": alt.Step(self._step)}
        data = alt.Chart(alt.Data(values=list(self.records)), **size)
        return data.transform_filter(condition).encode(y=y)

    def _x(self, field: str) -> Any:  # noqa: ANN401  # the same
        alt, start = self.alt, self._start + _GAP
        scale = alt.Scale(domain=[0, LIMIT], range=[start, start + _SCALE_WIDTH - _GAP], nice=False)
        ticks = {"values": [0, 50, 100, LIMIT], "labelExpr": "datum.label + '%'", "labelFlush": False}
        axis = alt.Axis(orient="top", title=None, domain=False, ticks=False, **ticks)
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    def _names(self) -> Iterator[Any]:
        at = self.alt.value(self._start)
        for lines in sorted({record["lines"] for record in self.records}):
            raised = -LINE_HEIGHT * (lines - 1) / 2  # the first of several lines stands on the middle of the row
            look = {"align": "right", "dy": raised, "lineBreak": "\n", "lineHeight": LINE_HEIGHT, "fontSize": FONT_SIZE}
            yield self._rows(f"datum.lines == {lines}").mark_text(**look).encode(x=at, text="label:N")

    def _bars(self) -> Iterator[Any]:
        alt = self.alt
        fill = alt.Scale(domain=[*OUTLINES], range=[INK if each == "achieved" else "white" for each in OUTLINES])
        edge = alt.Scale(domain=[*OUTLINES], range=[*OUTLINES.values()])
        bars = self._rows("datum.end !== null").mark_bar(strokeWidth=2, height={"band": 0.6})
        yield self._rows("datum.at_target !== null").mark_bar(color=SOFT).encode(x=self._x("at_target"))
        yield bars.encode(
            x=self._x("end"),
            fill=alt.Fill("outcome:N", scale=fill, legend=None),
            stroke=alt.Stroke("outcome:N", scale=edge, legend=None),
            tooltip=self._tips,
        )

    def _marks(self) -> Iterator[Any]:
        """The targets, what this point of the year called for, and what stands where there is no bar."""
        thick = self._rows("datum.at_target !== null").mark_tick(thickness=3, size=self._step * 0.75, color="black")
        yield thick.encode(x=self._x("at_target"))
        paced = self._rows("datum.low !== null")
        yield paced.mark_rule(color="black").encode(x=self._x("low"), x2="high:Q")
        look = {"shape": "diamond", "size": 60, "color": "black", "stroke": "white", "strokeWidth": 1, "opacity": 1}
        for end in ("low", "high"):
            yield paced.mark_point(filled=True, **look).encode(x=self._x(end), tooltip=self._tips)
        beyond = self._rows("datum.beyond").mark_text(text="▶", align="left", dx=3, color=GREY, fontSize=FONT_SIZE)
        yield beyond.encode(x=self._x("end"))
        without = self._rows("datum.end === null").mark_text(align="left", color=GREY, fontSize=FONT_SIZE)
        yield without.encode(x=self.alt.value(self._start + _GAP + 6), text="instead:N")

    def _cells(self) -> Iterator[Any]:
        """Value, target and verdict, each under its heading."""
        alt = self.alt
        for name, edge in self._right_edges.items():
            is_word = name == "verdict"
            width = self._width(self._word(name), *(record[name] for record in self.records))
            align, at = ("left", alt.value(edge - width)) if is_word else ("right", alt.value(edge))
            yield self._rows().mark_text(align=align, fontSize=FONT_SIZE).encode(x=at, text=f"{name}:N")
            head = alt.Chart(alt.Data(values=[{"heading": self._word(name)}]))
            head = head.mark_text(align=align, fontSize=FONT_SIZE, color=GREY, baseline="bottom")
            yield head.encode(x=at, y=alt.value(-5), text="heading:N")

    @property
    def _tips(self) -> list[Any]:
        return [self.alt.Tooltip(f"{name}:N", title=self._word(name)) for name in _TIPS]

    def _title(self, title: str) -> Any:  # noqa: ANN401  # the same
        """The title, and below it what bars and signs mean, as far as they are there."""
        keys = {
            "key": True,
            "key_pace": any(record["low"] is not None for record in self.records),
            "key_beyond": any(record["beyond"] for record in self.records),
            "key_provisional": any(record["provisional"] for record in self.records),
        }
        line = self._word("gap").join(self._word(key) for key, is_there in keys.items() if is_there)
        return self.alt.Title(
            text=title, subtitle=[self._word("axis"), line], anchor="start", frame="bounds", offset=12
        )
