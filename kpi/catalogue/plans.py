"""The plans of a catalogue: each entry a KPI with its rule, baseline and source."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, evolve, field

from kpi.catalogue.fields import Fields, Problems
from kpi.definitions import Formula, define as define_formula
from kpi.errors import KpiError
from kpi.evaluation.observed import plain_value
from kpi.formulas.nodes import Number, Rule, references
from kpi.formulas.parser import parse_rule
from kpi.formulas.printer import canonical, number_text
from kpi.formulas.vocabulary import Vocabulary
from kpi.periods import FiscalYear, fiscal_year
from kpi.plans.plan import Document, Entry, Kpi, Organisation, Plan
from kpi.quantities import read_value
from kpi.yaml_reader import ScalarNode


@define
class PlanReader:
    """Reads plans; *plans* are those read so far."""

    problems: Problems
    documents: Mapping[str, Document]
    organisations: Mapping[str, Organisation]
    kpis: Mapping[str, Kpi]
    unread_kpis: set[str]
    vocabulary: Vocabulary
    plans: dict[str, Plan] = field(factory=dict)

    def read(self, key: ScalarNode, fields: Fields) -> None:
        """Reads one plan."""
        ja, en = fields.text("ja"), fields.text("en")
        organisation = fields.reference("organisation", self.organisations, "organisation")
        year = self.fiscal_year(fields)
        document = fields.reference("document", self.documents, "document")
        entries: dict[str, Entry] = {}
        for item in fields.items("entries"):
            self.read_entry(item, document, entries)
        fields.finish()
        if organisation and year and document:
            self.plans[key.text] = Plan(key.text, ja or "", en or "", organisation, year, document, entries)

    def fiscal_year(self, fields: Fields) -> FiscalYear | None:
        node = fields.scalar("fiscal_year")
        if node is None:
            return None
        try:
            return fiscal_year(node.text)
        except KpiError:
            self.problems.report("unknown-year", node.span, found=node.text)
            return None

    def read_entry(self, fields: Fields, document: Document | None, entries: dict[str, Entry]) -> None:
        """Reads one entry; what it lacks does not keep its other fields from being read."""
        kpi = self.kpi(fields)
        rule = fields.scalar("rule")
        published = fields.scalar("published")
        baseline = fields.scalar("baseline", required=False)
        document = fields.reference("document", self.documents, "document", required=False) or document
        section, page = fields.text("section"), fields.text("page")
        fields.finish()
        if kpi is None:
            return
        if kpi.key in entries:
            self.problems.report("kpi-again", fields.place("kpi"), name=kpi.key)
        formula = self.formula(kpi, rule) if rule else None
        if formula is None or formula.rule is None or document is None:
            return
        if published is not None:
            self.check_published(published, kpi, formula.rule)
        stated = self.baseline(baseline, formula)
        line = self.problems.file.place(fields.node.span.start).line
        entry = Entry(
            kpi, formula, stated, published.text if published else "", document, section or "", page or "",
            f"{self.problems.file.name}:{line}",
        )  # fmt: skip
        title = evolve(formula.title, source=f"{entry.source} ({entry.place})")
        entries.setdefault(kpi.key, evolve(entry, formula=evolve(formula, title=title)))

    def kpi(self, fields: Fields) -> Kpi | None:
        node = fields.scalar("kpi")
        if node is None or node.text in self.unread_kpis:
            return None  # its own problem is reported where it stands
        return fields.reference("kpi", self.kpis, "kpi")

    def formula(self, kpi: Kpi, rule: ScalarNode) -> Formula | None:
        tree, problems = parse_rule(rule.source)
        formula = None
        if tree is not None:
            of_kpi = kpi.formula
            formula, problems = define_formula(
                of_kpi.expression, tree, rule.source, rule.source, of_kpi.style, self.vocabulary, title=of_kpi.title
            )
        self.problems.found += problems
        return None if problems else formula

    def check_published(self, published: ScalarNode, kpi: Kpi, rule: Rule) -> None:
        """The phrase that the document prints must say what the rule says."""
        phrase = self.formula(kpi, published)
        if phrase is not None and phrase.rule is not None and phrase.rule != rule:
            found, expected = canonical(phrase.rule), canonical(rule)
            self.problems.report("published-differs", published.span, found=found, expected=expected)

    def baseline(self, node: ScalarNode | None, formula: Formula) -> str | None:
        """The baseline of the entry, or the one in brackets of its rule; two that differ are a problem."""
        stated = _stated(formula.rule)
        if node is None:
            return number_text(stated) if stated else None
        try:
            value = plain_value("baseline", node.text, formula.unit, self.vocabulary)
            if read_value(node.text, self.vocabulary.units).number is None:
                self.problems.report("unreadable-baseline", node.span, said=f"{node.text!r} is no number")
                return None
        except KpiError as error:
            self.problems.report("unreadable-baseline", node.span, said=str(error))
            return None
        if stated is not None and value != plain_value("baseline", number_text(stated), formula.unit, self.vocabulary):
            self.problems.report("baseline-differs", node.span, found=node.text, expected=number_text(stated))
        return node.text


def _stated(rule: Rule | None) -> Number | None:
    found = (reference.stated for reference in references(rule)) if rule else iter(())
    return next((stated for stated in found if stated is not None), None)
