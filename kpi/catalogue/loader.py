"""From YAML to a catalogue. Every problem is found in one go: one bad entry hides no other.

The order of reading is the order in which things build on each other: documents, organisations, units, variables,
KPIs, plans. What could not be read is left out of what follows, so that one mistake is reported once.
"""

from __future__ import annotations

from typing import Final, Literal

from attrs import define, field

from kpi.catalogue.catalog import Catalog
from kpi.catalogue.fields import Fields, Problems
from kpi.catalogue.plans import PlanReader
from kpi.definitions import Direction, Style, define as define_formula
from kpi.evaluation.display import Compared
from kpi.evaluation.result import Title
from kpi.formulas.parser import parse_definition
from kpi.formulas.vocabulary import Kind, Variable, Vocabulary
from kpi.plans.plan import Document, Kpi, Organisation
from kpi.problems import Problem, in_order, nearest
from kpi.quantities import Rounding
from kpi.units import UNITS, Unit, UnitTable, counting_unit
from kpi.yaml_reader import ScalarNode, read_yaml

_KINDS: Final[tuple[Kind, ...]] = ("flow", "stock")
_ORGANISATIONS: Final[tuple[Literal["branch", "nation"], ...]] = ("branch", "nation")
_DIRECTIONS: Final[tuple[Direction, ...]] = ("higher", "lower")
_ROUNDINGS: Final[tuple[Rounding, ...]] = ("half_up", "half_even", "floor", "ceil")
_COMPARED: Final[tuple[Compared, ...]] = ("exact", "shown")


def read_catalog(text: str, name: str) -> tuple[Catalog, list[Problem]]:
    """The part of a catalogue that makes sense, and every problem in the order of the text."""
    root, file, problems = read_yaml(text, name)
    reader = _Reader(Problems(file, problems))
    if root is not None:
        reader.read(Fields(reader.problems, "the catalogue", root))
    catalog = Catalog(
        reader.documents,
        reader.organisations,
        reader.vocabulary,
        reader.kpis,
        reader.plans.plans if reader.plans else {},
    )
    return catalog, in_order(reader.problems.found)


@define
class _Reader:
    problems: Problems
    documents: dict[str, Document] = field(factory=dict)
    organisations: dict[str, Organisation] = field(factory=dict)
    units: UnitTable = UNITS
    variables: dict[str, Variable] = field(factory=dict)
    kpis: dict[str, Kpi] = field(factory=dict)
    unread_kpis: set[str] = field(factory=set)
    plans: PlanReader | None = None

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.variables, self.units)

    def read(self, catalog: Fields) -> None:
        if not catalog.entries:
            catalog.wrong_kind("catalogue", catalog.node, "sections such as kpis and plans", "kpis や plans などの区分")
            return
        for key, fields in catalog.each("documents"):
            self.read_document(key, fields)
        for key, fields in catalog.each("organisations"):
            self.read_organisation(key, fields)
        for key, fields in catalog.each("units", required=False):
            self.read_unit(key, fields)
        for key, fields in catalog.each("variables"):
            self.read_variable(key, fields)
        vocabulary = self.vocabulary
        for key, fields in catalog.each("kpis"):
            self.read_kpi(key, fields, vocabulary)
        self.plans = PlanReader(
            self.problems, self.documents, self.organisations, self.kpis, self.unread_kpis, vocabulary
        )
        for key, fields in catalog.each("plans"):
            self.plans.read(key, fields)
        catalog.finish()

    def read_document(self, key: ScalarNode, fields: Fields) -> None:
        ja, en, publisher = fields.text("ja"), fields.text("en"), fields.text("publisher", required=False)
        fields.finish()
        self.documents[key.text] = Document(key.text, ja or "", en or "", publisher or "")

    def read_organisation(self, key: ScalarNode, fields: Fields) -> None:
        ja, en = fields.text("ja"), fields.text("en")
        kind = fields.choice("kind", _ORGANISATIONS)
        fields.finish()
        self.organisations[key.text] = Organisation(key.text, ja or "", en or "", kind or "branch")

    def read_unit(self, key: ScalarNode, fields: Fields) -> None:
        ja, en = fields.text("ja"), fields.text("en")
        aliases = fields.texts("aliases")
        fields.finish()
        unit = counting_unit(key.text, en or key.text, ja or key.text, *aliases)
        for symbol in unit.symbols():
            if symbol in self.units:
                self.problems.report("unit-again", key.span, name=symbol, unit=self.units[symbol].name)
                return
        self.units = self.units.extended([unit])

    def read_variable(self, key: ScalarNode, fields: Fields) -> None:
        ja, en = fields.text("ja"), fields.text("en")
        unit = self.read_unit_name(fields)
        kind = fields.choice("kind", _KINDS)
        labels = fields.texts("labels")
        fields.finish()
        variable = Variable(key.text, unit, ja or "", en or "", kind or "flow", labels)
        known = self.vocabulary
        for name in (key.text, variable.ja, *labels):
            other = known.find(name) if name else None
            if other is not None:
                self.problems.report("name-again", key.span, name=name, variable=other.name)
        self.variables.setdefault(key.text, variable)

    def read_unit_name(self, fields: Fields) -> Unit:
        node = fields.scalar("unit")
        if node is None:
            return Unit("unknown", "", "", dimension=None)  # type: ignore[arg-type]  # agrees with every other
        if node.text not in self.units:
            self.problems.report("unknown-unit", node.span, nearest(node.text, self.units), name=node.text)
            return Unit("unknown", "", "", dimension=None)  # type: ignore[arg-type]  # agrees with every other
        return self.units[node.text]

    def read_kpi(self, key: ScalarNode, fields: Fields, vocabulary: Vocabulary) -> None:
        ja, en = fields.text("ja"), fields.text("en")
        formula = fields.scalar("formula")
        unit = self.read_unit_name(fields)
        direction = fields.choice("direction", _DIRECTIONS)
        style = Style(
            None if unit.dimension is None else unit,
            fields.number("decimals"),
            fields.choice("rounding", _ROUNDINGS, "half_up") or "half_up",
            fields.choice("compared", _COMPARED, "exact") or "exact",
        )
        fields.finish()
        self.unread_kpis.add(key.text)
        if formula is None:
            return
        definition, problems = parse_definition(formula.source)
        if definition is not None and definition.rule is not None:
            self.problems.report("rule-in-formula", formula.span)
        elif definition is not None:
            title = Title(key.text, ja or "", en or "")
            found, problems = define_formula(
                definition.formula, None, formula.source, formula.source, style, vocabulary, title=title
            )
            if not problems:
                self.kpis[key.text] = Kpi(key.text, ja or "", en or "", found, direction or "higher")
                self.unread_kpis.discard(key.text)
        self.problems.found += problems
