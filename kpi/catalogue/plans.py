"""The plans of a catalogue: each entry a KPI with its rule, baseline and source."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from kpi.catalogue.areas import read_areas
from kpi.catalogue.baselines import baseline_of, baseline_place
from kpi.catalogue.checks import ENTRY_CHECKS
from kpi.catalogue.examples import read_examples
from kpi.catalogue.fields import Fields, Problems, Section
from kpi.catalogue.formulas import FormulaReader, read_rule
from kpi.catalogue.plan_checks import check_directions, check_title
from kpi.catalogue.ranges import Ranges
from kpi.catalogue.same_rules import say_the_same
from kpi.catalogue.scales import other_scales
from kpi.catalogue.subject import Subject
from kpi.catalogue.years import read_year
from kpi.definitions import Formula
from kpi.errors import KpiError
from kpi.periods import FiscalYear
from kpi.plans.organisation import Organisation
from kpi.plans.plan import Document, Entry, Expected, Kpi, Plan, source_text
from kpi.problems import Problem
from kpi.quantities import read_value
from kpi.source import Span
from kpi.yaml_nodes import MappingNode, Node, ScalarNode


@frozen(slots=False, eq=False, repr=False)
class PlanReader:
    """Reads plans, which refer to what was read before them."""

    problems: Problems
    documents: Section[Document]
    organisations: Section[Organisation]
    kpis: Section[Kpi]
    formulas: FormulaReader
    kpi_places: Mapping[str, Span]
    subjects: list[Subject] = field(factory=list)
    known: dict[tuple[str, FiscalYear, str], str] = field(factory=dict)
    """Plans by what makes two of them one."""

    def read(self, key: ScalarNode, fields: Fields) -> Plan | None:
        """One plan, unless it lacks its organisation, year or document."""
        ja, en = fields.text("ja"), fields.text("en")
        organisation = fields.reference("organisation", self.organisations, "organisation")
        year = read_year(fields, "fiscal_year")
        document = fields.reference("document", self.documents, "document")
        areas = read_areas(fields)
        entries: dict[str, Entry] = {}
        named: set[str] = set()
        for item in fields.items("entries"):
            self.check_once(item, named)
            entry = self.entry(item, document, organisation, year)
            if entry is not None:
                entries.setdefault(entry.kpi.key, entry)
        fields.finish()
        if organisation is None or year is None or document is None:
            return None
        plan = Plan(key.text, ja or "", en or "", organisation, year, document, entries, areas=areas)
        other = self.known.setdefault((organisation.key, year, document.key), key.text)
        if other != key.text:
            self.problems.report("plan-again", key.span, other=other)
        places = {name: node.span for name, node in fields.entries.items()}
        check_title(plan, self.organisations.entries.values(), places, self.problems)
        return plan

    def comparable_from(self, fields: Fields, year: FiscalYear | None) -> FiscalYear | None:
        """The first year whose values are comparable with those of the plan's *year*."""
        found = read_year(fields, "comparable_from", required=False)
        if found and year and found > year:
            facts = {"found": str(found), "found_ja": found.ja, "year": str(year), "year_ja": year.ja}
            self.problems.report("comparable-too-late", fields.entries["comparable_from"].span, **facts)
        return found

    def check_once(self, fields: Fields, named: set[str]) -> None:
        """A plan sets each KPI once, however the rest of its entries reads."""
        kpi = fields.entries.get("kpi")
        if isinstance(kpi, ScalarNode) and kpi.kind == "text":
            if kpi.text in named:
                self.problems.report("kpi-again", kpi.span, name=kpi.text)
            named.add(kpi.text)

    def entry(
        self,
        fields: Fields,
        document: Document | None,
        organisation: Organisation | None,
        year: FiscalYear | None,
    ) -> Entry | None:
        """One entry; what it lacks does not keep its other fields from being read."""
        kpi = fields.reference("kpi", self.kpis, "kpi")
        rule = fields.scalar("rule")
        published = fields.scalar("published")
        baseline = fields.scalar("baseline", required=False)
        document = fields.reference("document", self.documents, "document", required=False) or document
        expected = fields.value("expected", required=False)
        counts = None if expected is None else self.expected(fields, expected, kpi)
        comparable_from = self.comparable_from(fields, year)
        section, page = fields.text("section"), fields.text("page")
        fields.value("examples", required=False)
        fields.finish()
        line = self.problems.file.place(fields.node.span.start).line
        place = f"{self.problems.file.name}:{line}"
        source = source_text(document, section or "", page or "") if document else ""
        formula, phrase = self.rules(rule, published, kpi, f"{source} ({place})")
        examples = read_examples(fields, formula, with_rule=True)
        if kpi is None or rule is None or formula is None or formula.rule is None:
            return None
        expected_at = expected.span if expected else fields.start
        subject = Subject(kpi, formula, rule.source, self.problems.file, counts, expected_at, baseline, organisation)
        checks = () if fields.is_broken else ENTRY_CHECKS  # what they miss may stand in what could not be read
        found = [problem for check in checks for problem in check(subject)]
        if baseline is None and "baseline" in fields.entries:  # it is told already
            found = [problem for problem in found if problem.code != "no-baseline"]
        if published is not None and phrase is not None and not self.says(phrase, formula):
            found = self.published_differs(published, phrase, subject, found)
        self.problems.found += (problem for problem in found if not self._follows(problem))
        self.subjects.append(subject)
        if document is None:
            return None
        return Entry(
            kpi, formula, baseline_of(subject), published.text if published else "",
            document, section or "", page or "", place, counts, comparable_from,
            baseline_at=baseline_place(subject), examples=examples,
        )  # fmt: skip

    def rules(
        self, rule: ScalarNode | None, published: ScalarNode | None, kpi: Kpi | None, source: str
    ) -> tuple[Formula | None, Formula | None]:
        """The rule, which stands in *source*, and the published phrase; a mistake of both is told once, in the rule."""
        of_kpi, own_names = (kpi.formula, kpi.own_names) if kpi else (None, self.names_of_kpis)
        read, printed = (read_rule(node) if node else None for node in (rule, published))
        before = len(self.problems.found)
        formula = self.formulas.rule(read, of_kpi, own_names, source) if read else None
        if formula and read and printed and read[1] == printed[1]:  # then nothing is left to check
            return formula, formula
        known = [(problem.code, problem.facts) for problem in self.problems.found[before:]]
        before = len(self.problems.found)
        phrase = self.formulas.rule(printed, of_kpi, own_names) if printed else None
        found = self.problems.found[before:]
        self.problems.found[before:] = [problem for problem in found if (problem.code, problem.facts) not in known]
        return formula, phrase

    @cached_property
    def names_of_kpis(self) -> frozenset[str]:
        """What a KPI may be called by in its rule, where it is not known which KPI is meant."""
        known = (name for kpi in self.kpis.entries.values() for name in kpi.own_names)
        return frozenset({*known, *self.kpis.unread})

    def expected(self, fields: Fields, node: Node, kpi: Kpi | None) -> Expected | None:
        """The counts that the document expects, from which it took the target; whole where what they count is."""
        if not isinstance(node, MappingNode):
            fields.wrong_kind("expected", node, "numerator and denominator", "numerator と denominator")
            return None
        counts = Fields(self.problems, "expected", node)
        parts = (kpi.formula.numerator, kpi.formula.denominator) if kpi else (None, None)
        whole = [part is not None and kpi is not None and Ranges(kpi.formula).of(part).whole for part in parts]
        keys = ("numerator", "denominator")
        found = [self.count(counts, key, whole=is_whole) for key, is_whole in zip(keys, whole, strict=True)]
        counts.finish()
        numerator, denominator = found
        return Expected(numerator, denominator) if numerator is not None and denominator is not None else None

    def count(self, fields: Fields, key: str, *, whole: bool) -> Fraction | None:
        """One of the expected counts."""
        node = fields.scalar(key)
        number = None if node is None else _count(node.text, whole=whole)
        if node is not None and number is None:
            self.problems.report("unreadable-count", node.span, found=node.text)
        return number

    def finish(self) -> None:
        """What can be seen only beside the entries of other plans."""
        check_directions(self.subjects, self.kpi_places, self.problems)
        self.problems.found += other_scales(self.subjects)

    def _follows(self, problem: Problem) -> bool:
        """Whether a baseline cannot be read because its unit could not."""
        words = self.formulas.units.unread
        return problem.code == "unreadable-baseline" and any(word in str(problem.facts["found"]) for word in words)

    def says(self, phrase: Formula, formula: Formula) -> bool:
        """Whether the published phrase says what the rule says."""
        if phrase is formula or phrase.rule == formula.rule or formula.vocabulary is None:
            return phrase.rule == formula.rule
        return say_the_same(phrase.rule, formula.rule, formula.vocabulary.units)

    def published_differs(
        self, node: ScalarNode, phrase: Formula, subject: Subject, found: list[Problem]
    ) -> list[Problem]:
        """The phrase that the document prints must say what the rule says; what else was *found* may follow from it.

        Where the rule cannot be meant as it stands, that is the mistake; otherwise the counts were expected of the phrase.
        """
        if any(problem.source is subject.source for problem in found):
            return found
        facts = {"found": phrase.rule_text(), "expected": subject.formula.rule_text()}
        others = [problem for problem in found if problem.code != "expected-contradicts"]
        return [*others, Problem("published-differs", self.problems.file, node.span, facts)]


def _count(text: str, *, whole: bool) -> Fraction | None:
    """A number of things, written without a unit, not negative, and *whole* where nothing between is possible."""
    try:
        reading = read_value(text)
    except KpiError:
        return None
    number = reading.number
    if number is None or reading.unit is not None or number < 0 or (whole and number.denominator != 1):
        return None
    return number
