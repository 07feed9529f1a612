"""KPIs, plans and their entries: definitions that exist only if they parsed and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, field, frozen

from kpi.definitions import Direction, Formula
from kpi.examples.example import Examples
from kpi.formulas.nodes import Comparison, Expression, Number, Period, Requirement, references
from kpi.formulas.printer import canonical, digits_text
from kpi.observations.observation import Observations
from kpi.periods import FiscalYear
from kpi.plans.area import Area, by_area
from kpi.plans.organisation import Organisation
from kpi.problems import Language, look_up
from kpi.progress import steps
from kpi.source import Span

if TYPE_CHECKING:
    import altair as alt

    from kpi.charts import By
    from kpi.evaluation.result import Result
    from kpi.plans.scorecard import Scorecard

NO_PAGE: Final = "–"
"""What stands for the page where a document numbers none."""

_KINDS: Final = {
    Period.PRIOR_YEAR: "prior_year",
    Period.PRIOR_YEAR_END: "prior_year_end",
    Period.SAME_PERIOD_LAST_YEAR: "same_period_last_year",
    Period.MEAN_OF_YEARS: "mean_of_years",
    Period.FISCAL_YEAR: "fiscal_year",
    Period.NATIONAL: "national",
    Period.BRANCH_TARGET: "branch",
}


@frozen
class Document:
    """A published document that plans and figures are taken from.

    Attributes:
        key: the key in the catalogue.
        ja: its Japanese title.
        en: its English title.
        publisher: who published it.
    """

    key: str
    ja: str
    en: str
    publisher: str = ""


@frozen
class Kpi:
    """A named formula with unit, direction and display.

    Attributes:
        key: the key in the catalogue.
        ja: its Japanese name.
        en: its English name.
        formula: the formula, without a rule.
        direction: whether `higher` or `lower` is better; None only in a catalogue that has problems.
        labels: further Japanese names under which documents print it.
        is_ratio: whether its percentage is not a share of a whole and may exceed 100 %.
        examples: inputs with the value that the formula must give.
    """

    key: str
    ja: str
    en: str
    formula: Formula
    direction: Direction | None
    labels: tuple[str, ...] = ()
    is_ratio: bool = False
    examples: Examples = field(default=Examples(), kw_only=True, repr=False)

    @property
    def own_names(self) -> tuple[str, ...]:
        """The names by which a rule may call the KPI itself."""
        return (self.key, self.ja, *self.labels)

    def name(self, language: Language) -> str:
        """The name in one language."""
        return self.ja if language == "ja" else self.en

    def _repr_html_(self) -> str:
        from kpi.plans.html import kpi_html

        return kpi_html(self, "ja")

    def plot(
        self,
        observations: Observations,
        organisation: str | Organisation,
        *,
        plans: Iterable[Plan] = (),
        fiscal_year: str | int | FiscalYear | None = None,
        by: By = "month",
        language: Language = "en",
    ) -> alt.LayerChart:
        """The KPI of one *organisation* over the months of a year, beside last year, or over years.

        By month each value is the year so far, as a verdict would look at it. What is not known is a gap.

        Args:
            observations: what was observed, of last year too.
            organisation: its key, or the organisation, where branches were merged or split.
            plans: those whose targets are drawn; others than the organisation's, or without the KPI, do not matter.
            fiscal_year: the year, or the last of the years; without it the last of which anything is known.
            by: `month` or `year`.
            language: `en` or `ja`.

        Raises:
            MissingExtraError: altair is not installed.
            ValueReadingError: the fiscal year cannot be read.
        """
        from kpi.plans.course import Course

        return Course.of(self, observations, organisation, plans).chart(fiscal_year, by, language)


@frozen
class Expected:
    """The counts that a plan expects at the end of the year, and from which it took its target."""

    numerator: Fraction
    denominator: Fraction


def page_text(page: str) -> str:
    """A page as cited: `p. 30`, and nothing where the document does not number its pages."""
    return f"p. {page}" if page not in ("", NO_PAGE) else ""


def source_text(document: Document, section: str, page: str) -> str:
    """A document with section and page."""
    return ", ".join(part for part in (document.ja, section, page_text(page)) if part)


@frozen
class Entry:
    """One KPI of a plan with its rule, its baseline as the plan states it, and where it stands.

    Attributes:
        kpi: the KPI.
        formula: its formula with the rule of this plan.
        baseline: last year's number as the plan prints it; None where it prints none.
        published: the rule phrase as printed.
        document: the document that sets it.
        section: the section in it.
        page: the page in it.
        place: the line of the catalogue: `catalog.yaml:120`.
        expected: the counts that the plan expects at the end of the year.
        comparable_from: the first year whose values are comparable: before it the KPI was defined otherwise.
        baseline_at: where the baseline stands in the catalogue.
        examples: inputs with the outcome that the rule must give.
    """

    kpi: Kpi
    formula: Formula
    baseline: str | None
    published: str
    document: Document
    section: str
    page: str
    place: str
    expected: Expected | None = None
    comparable_from: FiscalYear | None = None
    baseline_at: Span = field(default=Span(0, 0), kw_only=True, repr=False)
    examples: Examples = field(default=Examples(), kw_only=True, repr=False)

    @property
    def source(self) -> str:
        """The document with section and page."""
        return source_text(self.document, self.section, self.page)

    @property
    def where(self) -> str:
        """Section and page within the document."""
        return " ".join(part for part in (self.section, page_text(self.page)) if part)

    @property
    def comparator(self) -> str:
        """The sign of the unconditional requirement, or `done`."""
        first = self._first
        return first.comparator.value if isinstance(first, Comparison) else "done"

    @property
    def target(self) -> str | None:
        """The number of an absolute target as printed."""
        target = self._target
        return digits_text(target) if isinstance(target, Number) else None

    @property
    def target_kind(self) -> str:
        """`absolute`, `qualitative`, or the reference that the target is made of."""
        target = self._target
        if target is None:
            return "qualitative"
        found = references(target)
        return _KINDS[found[0].period] if found else "absolute"

    def to_dict(self, plan: str) -> dict[str, Any]:
        """The entry for programs."""
        rule = self.formula.rule
        return {
            "plan": plan,
            "kpi": self.kpi.key,
            "name": self.kpi.ja,
            "rule": canonical(rule) if rule else "",
            "comparator": self.comparator,
            "target": self.target,
            "target_kind": self.target_kind,
            "conditional": bool(rule and rule.cases),
            "unit": self.formula.unit.name,
            "baseline": self.baseline,
            "formula": canonical(self.formula.expression),
            "source": self.source,
        }

    def evaluate(self, observations: Observations, organisation: Organisation, year: FiscalYear) -> Result:
        """The result of this KPI from what was observed in one organisation and year."""
        from kpi.plans.situations import situation_of  # a catalogue that is only read or listed evaluates nothing

        situation, notes = situation_of(
            self.formula, self.kpi.key, self.baseline, observations, organisation, year, self.comparable_from
        )
        result = self.formula.result(situation, notes)
        return evolve(result, direction=self.kpi.direction, is_ratio=self.kpi.is_ratio)

    @property
    def _first(self) -> Requirement | None:
        rule = self.formula.rule
        return rule.requirements[0] if rule else None

    @property
    def _target(self) -> Expression | None:
        first = self._first
        return first.right if isinstance(first, Comparison) else None


@frozen
class Plan:
    """What an organisation set out to reach in a fiscal year: its KPIs in the order of the document.

    Attributes:
        key: the key in the catalogue.
        ja: its Japanese name.
        en: its English name.
        organisation: whose plan it is.
        fiscal_year: the fiscal year that it is for.
        document: the document that it is taken from.
        entries: its KPIs with their rules, by the key of the KPI.
        areas: the parts of the document by the marks with which the sections in them begin, where they are named.
    """

    key: str
    ja: str
    en: str
    organisation: Organisation
    fiscal_year: FiscalYear
    document: Document
    entries: Mapping[str, Entry] = field(repr=False)
    areas: Mapping[str, Area] = field(factory=dict, kw_only=True, repr=False)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, kpi: str) -> Entry:
        """The entry of a KPI.

        Raises:
            UnknownNameError: the plan does not set that KPI; the message names the nearest.
        """
        return look_up(self.entries, kpi, "KPI", f"plan {self.key}")

    @property
    def by_area(self) -> Mapping[Area, tuple[Entry, ...]]:
        """The entries by the part of the document in which they stand."""
        return by_area(self, self.areas)

    def _repr_html_(self) -> str:
        from kpi.plans.html import plan_html

        return plan_html(self, "ja")

    def evaluate(self, observations: Observations) -> Scorecard:
        """The results of all KPIs of the plan.

        A KPI without figures is not evaluable, and its result names what is missing. Where the table has something with
        a nearly equal name, a note of the result tells of it; where it has no row of the organisation, one of the scorecard.
        """
        from kpi.plans.scorecard import Scorecard
        from kpi.plans.unfound import Unfound

        entries = steps(self, "evaluating", len(self), self.key)
        results = {
            entry.kpi.key: entry.evaluate(observations, self.organisation, self.fiscal_year) for entry in entries
        }
        unfound = Unfound(observations, self.organisation.key, self.fiscal_year, self.entries)
        told = {key: unfound.beside(result) for key, result in results.items()}
        return Scorecard(self.key, self.ja, self.en, told, tuple(unfound.notes()))
