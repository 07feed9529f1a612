"""The plans of a catalogue: each entry a KPI with its rule, baseline and source."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from attrs import evolve, frozen

from kpi.catalogue.checks import ENTRY_CHECKS, Subject
from kpi.catalogue.fields import Fields, Problems, Section
from kpi.catalogue.formulas import FormulaReader
from kpi.characters import fold_width
from kpi.definitions import Formula
from kpi.errors import KpiError
from kpi.evaluation.observed import plain_value
from kpi.formulas.nodes import Number, Rule, references
from kpi.formulas.printer import number_text
from kpi.periods import FiscalYear, fiscal_year
from kpi.plans.plan import Document, Entry, Expected, Kpi, Organisation, Plan
from kpi.units import NUMBER, PERCENT, Unit
from kpi.yaml_nodes import MappingNode, ScalarNode

NOT_PRINTED: Final = "記載なし"
"""What stands as the baseline of a rule on last year where the document prints none."""


@frozen
class PlanReader:
    """Reads plans, which refer to what was read before them."""

    problems: Problems
    documents: Section[Document]
    organisations: Section[Organisation]
    kpis: Section[Kpi]
    formulas: FormulaReader

    def read(self, key: ScalarNode, fields: Fields) -> Plan | None:
        """One plan, unless it lacks its organisation, year or document."""
        ja, en = fields.text("ja"), fields.text("en")
        organisation = fields.reference("organisation", self.organisations, "organisation")
        year = self.fiscal_year(fields)
        document = fields.reference("document", self.documents, "document")
        entries: dict[str, Entry] = {}
        named: set[str] = set()
        for item in fields.items("entries"):
            self.check_once(item, named)
            entry = self.entry(item, document)
            if entry is not None:
                entries.setdefault(entry.kpi.key, entry)
        fields.finish()
        if organisation is None or year is None or document is None:
            return None
        return Plan(key.text, ja or "", en or "", organisation, year, document, entries)

    def fiscal_year(self, fields: Fields) -> FiscalYear | None:
        """The year of a plan."""
        node = fields.scalar("fiscal_year")
        if node is None:
            return None
        try:
            return fiscal_year(node.text)
        except KpiError:
            self.problems.report("not-a-year", node.span, found=node.text)
            return None

    def check_once(self, fields: Fields, named: set[str]) -> None:
        """A plan sets each KPI once, however the rest of its entries reads."""
        kpi = fields.entries.get("kpi")
        if isinstance(kpi, ScalarNode) and kpi.kind == "text":
            if kpi.text in named:
                self.problems.report("kpi-again", kpi.span, name=kpi.text)
            named.add(kpi.text)

    def entry(self, fields: Fields, document: Document | None) -> Entry | None:
        """One entry; what it lacks does not keep its other fields from being read."""
        kpi = fields.reference("kpi", self.kpis, "kpi")
        rule = fields.scalar("rule")
        published = fields.scalar("published")
        baseline = fields.scalar("baseline", required=False)
        document = fields.reference("document", self.documents, "document", required=False) or document
        expected = self.expected(fields)
        section, page = fields.text("section"), fields.text("page")
        fields.finish()
        of_kpi, own_names = (kpi.formula, kpi.own_names) if kpi else (None, ())
        formula = self.formulas.rule(rule, of_kpi, own_names) if rule else None
        phrase = self.formulas.rule(published, of_kpi, own_names) if published else None
        if kpi is None or formula is None or formula.rule is None:
            return None
        if published is not None and phrase is not None:
            self.check_published(published, phrase, formula)
        stated = self.baseline(baseline, formula)
        if rule is not None:
            self.check(
                Subject(kpi, formula, rule.source, fields.start, self.problems.file, expected, bool(stated or baseline))
            )
        if document is None:
            return None
        line = self.problems.file.place(fields.node.span.start).line
        entry = Entry(
            kpi, formula, stated, published.text if published else "", document, section or "", page or "",
            f"{self.problems.file.name}:{line}", expected,
            span=fields.start,
        )  # fmt: skip
        title = evolve(formula.title, source=f"{entry.source} ({entry.place})")
        return evolve(entry, formula=evolve(formula, title=title))

    def expected(self, fields: Fields) -> Expected | None:
        """The counts that the document expects, from which it took the target."""
        node = fields.value("expected", required=False)
        if node is None:
            return None
        if not isinstance(node, MappingNode):
            fields.wrong_kind("expected", node, "numerator and denominator", "numerator と denominator")
            return None
        counts = Fields(self.problems, "expected", node)
        found = [self.count(counts, key) for key in ("numerator", "denominator")]
        counts.finish()
        numerator, denominator = found
        return Expected(numerator, denominator) if numerator is not None and denominator is not None else None

    def count(self, fields: Fields, key: str) -> Fraction | None:
        """One of the expected counts."""
        node = fields.scalar(key)
        number = self.number(node.text, NUMBER) if node else None
        if node is not None and number is None:
            self.problems.report("unreadable-count", node.span, found=node.text)
        return number

    def check(self, subject: Subject) -> None:
        """Whether the entry can be meant as it reads."""
        for check in ENTRY_CHECKS:
            self.problems.found += check(subject)

    def check_published(self, node: ScalarNode, phrase: Formula, formula: Formula) -> None:
        """The phrase that the document prints must say what the rule says."""
        if phrase.rule != formula.rule:
            found, expected = phrase.rule_text(), formula.rule_text()
            self.problems.report("published-differs", node.span, found=found, expected=expected)

    def baseline(self, node: ScalarNode | None, formula: Formula) -> str | None:
        """The baseline of the entry, or the one in brackets of its rule; two that differ are a problem."""
        stated = _stated(formula.rule)
        if node is None:
            return number_text(stated) if stated else None
        if node.text == NOT_PRINTED:
            if stated is not None:
                self.problems.report("baseline-differs", node.span, found=node.text, expected=number_text(stated))
            return None
        value = self.number(node.text, formula.unit)
        if value is None and not any(word in node.text for word in self.formulas.units.unread):
            unit = formula.unit
            facts = (
                {"unit": f" in {unit.en}", "unit_ja": f"（単位は {unit.ja}）"}
                if unit.en
                else {"unit": "", "unit_ja": ""}
            )
            self.problems.report("unreadable-baseline", node.span, found=node.text, **facts)
        elif self.is_bare(node.text, formula.unit):
            number = Number(Fraction(fold_width(node.text).strip()))
            percent = number_text(Number(number.value * 100, "%"))
            self.problems.report("bare-target", node.span, number=number_text(number), percent=percent)
        elif value is not None and formula.unit is PERCENT and not 0 <= value <= 1:
            self.problems.report("impossible-target", node.span, target=node.text)
        elif value is not None and stated is not None and value != self.number(number_text(stated), formula.unit):
            self.problems.report("baseline-differs", node.span, found=node.text, expected=number_text(stated))
        return node.text

    def is_bare(self, text: str, unit: Unit) -> bool:
        """Whether a share is written as a plain number."""
        return unit.is_share and re.fullmatch(r"[0-9]+(\.[0-9]+)?", fold_width(text).strip()) is not None

    def number(self, text: str, unit: Unit) -> Fraction | None:
        """The number that *text* writes, in *unit* or in one that agrees with it."""
        try:
            value = plain_value("baseline", text, unit, self.formulas.vocabulary)
        except KpiError:
            return None
        return value if isinstance(value, Fraction) else None


def _stated(rule: Rule | None) -> Number | None:
    found = (reference.stated for reference in references(rule)) if rule else iter(())
    return next((stated for stated in found if stated is not None), None)
