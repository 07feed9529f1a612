"""The line chart: one KPI over the months of a year or over years, with its target and last year."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from kpi.characters import columns
from kpi.charts.alternatives import course_text
from kpi.charts.door import altair
from kpi.charts.moments import By, Moment
from kpi.charts.spacing import spread
from kpi.charts.style import COLUMN_WIDTH, FONT_SIZE, GREY, INK, LINE_HEIGHT, style
from kpi.charts.traces import Traces
from kpi.charts.wording import MONTHS, WORDS
from kpi.problems import Language
from kpi.quantities import unit_text

if TYPE_CHECKING:
    import altair as alt

_WIDTH: Final = 540
_HEIGHT: Final = 240
_COLOURS: Final = {"value": INK, "last_year": GREY, "target": "black"}


def line_chart(
    moments: Sequence[Moment],
    last_year: Sequence[Moment] = (),
    language: Language = "en",
    *,
    by: By = "month",
    title: str = "",
) -> alt.LayerChart:
    """The *moments* of one KPI as a line, their targets as a thick line in steps, and *last_year* as a dashed line.

    A hollow point is provisional. A value that is not known is a gap in its line, as is a target.

    Raises:
        MissingExtraError: altair is not installed.
    """
    drawing = _Drawing(altair(), Traces(moments, last_year, by), language)
    chart: alt.LayerChart = drawing.chart(title, course_text(moments, last_year, language, by=by))
    return chart


@frozen
class _Drawing:
    """Draws *traces*."""

    alt: Any
    traces: Traces
    language: Language

    def chart(self, title: str, description: str) -> Any:  # noqa: ANN401  # a chart of a library that is not there yet
        """All layers under one title."""
        layers = (*self._target(), *self._last_year(), *self._values(), *self._names())
        chart = self.alt.layer(*layers, title=self._title(title), description=description)
        return chart.properties(width=_WIDTH, height=_HEIGHT).configure(**style())

    # ── the scales ───────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _ticks(self) -> dict[int, str]:
        if self.traces.by == "month":
            return dict(enumerate(MONTHS[self.language], 1))
        years = {moment.year.year: moment.name("year", self.language) for moment in self.traces.moments}
        return years or {0: ""}

    def _x(self, field: str = "x") -> Any:  # noqa: ANN401  # the same
        alt, ticks = self.alt, self._ticks
        ends = [0, 12] if self.traces.by == "month" else [min(ticks) - 0.6, max(ticks) + 0.6]
        named = f"{json.dumps({str(at): name for at, name in ticks.items()})}[datum.value]"
        axis = alt.Axis(title=None, values=[*ticks], labelExpr=named, labelFlush=False, grid=False, domainColor=GREY)
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=ends, nice=False, zero=False), axis=axis)

    def _y(self, field: str = "y") -> Any:  # noqa: ANN401  # the same
        alt = self.alt
        unit = unit_text(self.traces.unit, self.language).strip()
        above = {"titleAngle": 0, "titleAlign": "right", "titleX": -8, "titleY": -12}
        axis = alt.Axis(title=unit or None, format=",.6~f", tickCount=5, domain=False, ticks=False, **above)
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[*self.traces.domain], nice=False, zero=False), axis=axis)

    def _rows(self, rows: Sequence[dict[str, Any]]) -> Any:  # noqa: ANN401  # the same
        return self.alt.Chart(self.alt.Data(values=list(rows)))

    # ── the layers ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _target(self) -> Iterator[Any]:
        steps = self._rows(self.traces.steps()).mark_rule(strokeWidth=2.5, color=_COLOURS["target"])
        yield steps.encode(x=self._x(), x2="x2:Q", y=self._y(), y2="y2:Q")

    def _last_year(self) -> Iterator[Any]:
        rows = self._rows(self.traces.points(self.traces.last_year, self.language))
        line = rows.mark_line(color=_COLOURS["last_year"], strokeDash=[5, 4], strokeWidth=1.5)
        yield line.encode(x=self._x(), y=self._y(), detail="run:N")
        points = rows.mark_point(shape="square", size=30, filled=True, color=_COLOURS["last_year"], opacity=1)
        yield points.encode(x=self._x(), y=self._y(), tooltip=self._tips)

    def _values(self) -> Iterator[Any]:
        alt, points = self.alt, self.traces.points(self.traces.moments, self.language)
        rows = self._rows(points)
        yield rows.mark_line(color=INK, strokeWidth=2.5).encode(x=self._x(), y=self._y(), detail="run:N")
        marks = rows.mark_point(size=70, filled=False, stroke=INK, strokeWidth=2, opacity=1)
        hollow = alt.condition("datum.provisional", alt.value("white"), alt.value(INK))
        yield marks.encode(x=self._x(), y=self._y(), fill=hollow, tooltip=self._tips)
        told = self._rows(points if self._have_room(points) else points[-1:])
        for look in ({"stroke": "white", "strokeWidth": 4}, {}):  # lines that cross a number stay behind it
            number = told.mark_text(dy=-14, color=INK, fontSize=FONT_SIZE, **look)
            yield number.encode(x=self._x(), y=self._y(), text="text:N")
        if not points:
            nothing = self._rows([{"text": WORDS[self.language]["no_value"]}]).mark_text(color=GREY, fontSize=FONT_SIZE)
            yield nothing.encode(x=alt.value(_WIDTH / 2), y=alt.value(_HEIGHT / 2), text="text:N")

    def _have_room(self, points: Sequence[dict[str, Any]]) -> bool:
        """Whether each point can have its number above it."""
        return all(columns(point["text"]) * COLUMN_WIDTH <= _WIDTH / (len(self._ticks) + 1) for point in points)

    def _names(self) -> Iterator[Any]:
        """What each line is, at its end; names of lines that end close by stand apart."""
        ends = [*self._ends()]
        low, high = self.traces.domain
        line = LINE_HEIGHT * (high - low) / _HEIGHT
        places = spread([y for _, y, _ in ends], line)
        for (kind, _, text), y in zip(ends, places, strict=True):
            named = self._rows([{"y": y, "text": text}])
            mark = named.mark_text(align="left", fontSize=FONT_SIZE, fontWeight="bold", color=_COLOURS[kind])
            yield mark.encode(x=self.alt.value(_WIDTH + 20), y=self._y(), text="text:N")

    def _ends(self) -> Iterator[tuple[str, float, str]]:
        traces, words = self.traces, WORDS[self.language]
        for kind, moments in (("value", traces.moments), ("last_year", traces.last_year)):
            points = traces.points(moments, self.language)
            if points:
                is_year = traces.by == "month"
                name = moments[-1].name("year", self.language) if is_year else words["value"]
                last = points[-1]
                verdict = f" {last['verdict']}" if last["verdict"] else "*" * last["provisional"]
                yield kind, last["y"], f"{name} {last['text']}{verdict}"
        if traces.last_target and traces.last_target.target is not None:
            text = f"{words['target']} {traces.last_target.target_text(self.language)}"
            yield "target", float(traces.last_target.target), text

    @property
    def _tips(self) -> list[Any]:
        named = (("name", "period"), ("text", "value"), ("published", "published"), ("target", "target"))
        return [self.alt.Tooltip(f"{field}:N", title=WORDS[self.language][word]) for field, word in named]

    def _title(self, title: str) -> Any:  # noqa: ANN401  # the same
        """The title, and below it what the signs mean, as far as they are there."""
        words, traces = WORDS[self.language], self.traces
        keys = {
            "key_so_far": traces.by == "month",
            "key_target": traces.last_target is not None,
            "key_last_year": any(moment.value is not None for moment in traces.last_year),
            "key_hollow": any(moment.provisional and moment.value is not None for moment in traces.moments),
            "key_published": any(moment.published is not None for moment in (*traces.moments, *traces.last_year)),
        }
        line = words["gap"].join(words[key] for key, is_there in keys.items() if is_there)
        return self.alt.Title(text=title, subtitle=line, anchor="start", frame="bounds", offset=24)
