"""An edition: a report in one language, as texts for a page, a table or a sheet to set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from attrs import frozen

from kpi.evaluation.decision import Verdict
from kpi.evaluation.labels import MARKS, target_text, verdict_text
from kpi.evaluation.result import Result
from kpi.evaluation.wording import WORDS as RESULT_WORDS
from kpi.formulas.nodes import Comparator, Comparison
from kpi.periods import japanese_date
from kpi.plans.erratum import Erratum
from kpi.plans.plan import page_text
from kpi.problems import Language
from kpi.quantities import Quantity
from kpi.reports.report import Line, Part, Report
from kpi.reports.sources import Place
from kpi.reports.wording import WORDS

_SIGNS: Final = {Comparator.AT_LEAST: "≥", Comparator.AT_MOST: "≤"}
NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def sign_of(comparator: Comparator) -> str:
    """A comparator as print has it."""
    return _SIGNS.get(comparator, str(comparator))


@frozen
class Count:
    """How many results have one outcome."""

    outcome: str
    sign: str
    word: str
    number: int


@frozen
class Row:
    """One KPI: what a table shows of it, the *reasons* behind it, and the numbers of the errata that touch it.

    *exact* holds value, target and margin as exact text, as programs read them; what there is not is missing.
    """

    key: str
    name: str
    value: str
    target: str
    margin: str
    verdict: str
    outcome: str
    as_of: str
    summary: str
    context: str
    reasons: tuple[tuple[str, str], ...]
    errata: tuple[int, ...]
    exact: Mapping[str, str]


@frozen
class Area:
    """The KPIs of one area; its *anchor* is a name for links."""

    anchor: str
    name: str
    counts: tuple[int, ...]
    rows: tuple[Row, ...]
    part: Part


@frozen
class Slip:
    """One erratum with its number, and the KPIs that it concerns."""

    number: int
    where: str
    what: str
    printed: str
    gives: str
    evidence: str
    kpis: tuple[str, ...]


@frozen
class Source:
    """A document with the letter by which the table of sources calls it."""

    letter: str
    name: str
    publisher: str


@frozen
class Origin:
    """Where one KPI's rule and figures stand; figures of the nation and of last year only where they stand elsewhere."""

    name: str
    rule: str
    figures: str
    as_of: str


@frozen(slots=False)
class Edition:
    """A *report* in one *language*."""

    report: Report
    language: Language

    @property
    def words(self) -> dict[str, str]:
        """The words of reports."""
        return WORDS[self.language]

    # ── what it is ───────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def name(self) -> str:
        """The plan's name."""
        plan = self.report.plan
        return (plan.ja if self.language == "ja" else plan.en) or plan.ja or plan.en or plan.key

    @property
    def title(self) -> str:
        """What the report is about."""
        return self.words["title"].format(plan=self.name)

    @property
    def days(self) -> str:
        """The days up to which its values count."""
        days = [self.day(day) for day in self.report.days]
        if not days:
            return self.words["no_day"]
        return self.words["day" if len(days) == 1 else "days"].format(day=days[0], first=days[0], last=days[-1])

    def day(self, day: date) -> str:
        """A day as people write it."""
        return japanese_date(day) if self.language == "ja" else day.isoformat()

    # ── the summary ──────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The outcomes that are counted: the first three always, the others where there are any."""
        usual = (Verdict.ACHIEVED, Verdict.MISSED, Verdict.NOT_EVALUABLE)
        return tuple(verdict for verdict in Verdict if verdict in usual or self.report.card.count(verdict))

    @property
    def counts(self) -> tuple[Count, ...]:
        """How many results have each outcome."""
        words, card = RESULT_WORDS[self.language], self.report.card
        return tuple(Count(str(each), MARKS[each], words[each], card.count(each)) for each in self.verdicts)

    @property
    def sentence(self) -> str:
        """The summary in one sentence."""
        counts = self.counts
        told = (self.words["one_of"].format(word=each.word, count=each.number) for each in counts if each.number)
        return self.words["counted"].format(all=len(self.report.card), counts=self.words["joined"].join(told))

    @property
    def summary(self) -> str:
        """The summary with what is provisional."""
        gap = "" if self.language == "ja" else " "
        return gap.join(part for part in (self.sentence, self.provisional) if part)

    @property
    def provisional(self) -> str:
        """What is provisional; nothing where nothing is."""
        count, every = self.report.provisional, len(self.report.card)
        key = "all_provisional" if count == every else "some_provisional"
        return self.words[key].format(count=count, all=every) if count else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What to know about the data as a whole."""
        return tuple(RESULT_WORDS[self.language][note.code].format(**note.facts) for note in self.report.card.notes)

    # ── the results ──────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The results by area."""
        return tuple(self._area(number, part) for number, part in enumerate(self.report.parts, 1))

    @property
    def chart_key(self) -> str:
        """How to read the charts."""
        words = self.words
        has_pace = any(result.pace.low is not None for result in self.report.card)
        return words["chart_key"] + (words["chart_key_pace"] if has_pace else "")

    def _area(self, number: int, part: Part) -> Area:
        is_alone = len(self.report.parts) == 1
        name = part.area.name(self.language) or self.words["plan" if is_alone else "rest"]
        counts = tuple(part.count(verdict) for verdict in self.verdicts)
        return Area(f"area-{number}", name, counts, tuple(map(self._row, part.lines)), part)

    def _row(self, line: Line) -> Row:
        result, language = line.result, self.language
        words = RESULT_WORDS[language]
        numbers = {"value": result.value, "target": result.target, "margin": result.margin}
        return Row(
            key=line.entry.kpi.key,
            name=line.entry.kpi.name(language) or line.entry.kpi.key,
            value=self._number(result.value),
            target=self._target(result),
            margin=self._number(result.margin),
            verdict=verdict_text(result, language),
            outcome=str(result.outcome),
            as_of=self.words["as_of"].format(day=self.day(result.as_of)) if result.as_of else "",
            summary=result.why.summary(language),
            context=result.why.context(language),
            reasons=tuple((words[key], text) for key, text in self._reasons(line)),
            errata=tuple(sorted(self._numbers[erratum.key] for erratum in line.errata)),
            exact={name: number.exact for name, number in numbers.items() if number is not None},
        )

    def _reasons(self, line: Line) -> Iterator[tuple[str, str]]:
        """The reasons; their source without the line of the catalogue, which says nothing to a council."""
        for key, text in line.result.why.lines(self.language):
            yield key, line.entry.source if key == "source" else text

    def _target(self, result: Result) -> str:
        """The target with its comparator, which stands as one sign in English."""
        text, check = target_text(result, self.language), result.check
        if self.language == "en" and check is not None and isinstance(check.requirement, Comparison):
            comparator = check.requirement.comparator
            return text.replace(str(comparator), sign_of(comparator), 1)
        return text

    def _number(self, quantity: Quantity | None) -> str:
        return "" if quantity is None else quantity.text(self.language)

    # ── errata and sources ───────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {erratum.key: number for number, erratum in enumerate(self.report.errata, 1)}

    @property
    def errata(self) -> tuple[Slip, ...]:
        """The errata that touch a figure, numbered."""
        return tuple(map(self._slip, self.report.errata))

    def _slip(self, erratum: Erratum) -> Slip:
        document = erratum.document.key if erratum.document else ""
        concerned = (line for line in self.report.lines if erratum in line.errata)
        return Slip(
            self._numbers[erratum.key],
            self.place(Place(document, erratum.section, erratum.page)),
            erratum.what,
            erratum.printed,
            erratum.gives,
            erratum.evidence(self.language),
            tuple(line.entry.kpi.name(self.language) for line in concerned),
        )

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The documents in which rules and figures stand."""
        found = []
        for number, key in enumerate(self.report.sources):
            document = self.report.documents.get(key)
            letter = _LETTERS[number] if number < len(_LETTERS) else str(number + 1)
            letter = letter if len(self.report.sources) > 1 else ""
            name = key if document is None else (document.ja if self.language == "ja" else document.en) or document.ja
            found.append(Source(letter, name, document.publisher if document else ""))
        return tuple(found)

    @property
    def origins(self) -> Iterator[Origin]:
        """Where the rule and the figures of each KPI stand."""
        for line in self.report.lines:
            sources, as_of = line.sources, line.result.as_of
            own = {*sources.figures}
            found = [self.places(sources.figures)] if own else []
            for key, places in (("nation", sources.nation), ("last_year", sources.last_year)):
                if {*places} - own:
                    found.append(f"{self.words[key]} {self.places(places)}")
            yield Origin(
                line.entry.kpi.name(self.language),
                self.place(sources.rule),
                self.words["joined"].join(found),
                self.day(as_of) if as_of else "",
            )

    def places(self, places: Iterable[Place]) -> str:
        """Several places, those of one document together."""
        return self.words["joined"].join(map(self.place, places))

    def place(self, place: Place) -> str:
        """The letter of a document, section and page."""
        parts = (self._letters.get(place.document, place.document), place.section, page_text(place.page))
        return " ".join(part for part in parts if part).replace("p. ", f"p.{NO_BREAK}")

    @cached_property
    def _letters(self) -> dict[str, str]:
        """What documents are called: nothing where there is but one."""
        if len(self.sources) == 1:
            return dict.fromkeys(self.report.sources, "")
        return {key: source.letter for key, source in zip(self.report.sources, self.sources, strict=True)}

    @property
    def signs(self) -> str:
        """What the signs of verdicts mean."""
        signs = self.words["joined"].join(f"{each.sign} {each.word}" for each in self.counts)
        return self.words["read_signs"].format(signs=signs)

    @property
    def reading(self) -> Iterator[str]:
        """How to read it: what occurs in it."""
        words, results = self.words, [*self.report.card]
        yield self.signs
        if self.report.provisional:
            yield words["read_provisional"]
        yield words["read_margin"]
        yield words["read_exact"]
        if any(result.judge.display.compared == "shown" for result in results):
            yield words["read_shown"]
        if any(result.whole_cases is not None for result in results):
            yield words["read_cases"]
        if any(result.pace.low is not None for result in results):
            yield words["read_pace"]
        if any(result.national for result in results):
            yield words["read_nation"]
        if self.report.card.count(Verdict.NOT_EVALUABLE):
            yield words["read_missing"]
