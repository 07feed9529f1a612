"""From YAML to a catalogue. Every problem is found in one go: one bad entry hides no other.

The order of reading is the order in which things build on each other: documents, organisations, units, variables,
KPIs, plans. What could not be read is left out of what follows, so that one mistake is reported once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from kpi.catalogue.catalog import Catalog, Named
from kpi.catalogue.errata import ErratumReader
from kpi.catalogue.examples import read_examples
from kpi.catalogue.fields import Fields, Problems, Section, shown, texts_in
from kpi.catalogue.formulas import FormulaReader
from kpi.catalogue.names import Names
from kpi.catalogue.organisations import OrganisationReader
from kpi.catalogue.plans import PlanReader
from kpi.catalogue.same_definitions import check_same
from kpi.definitions import Direction, Style
from kpi.definitions.formula import MAX_DECIMALS
from kpi.evaluation.display import Compared
from kpi.evaluation.result import Title
from kpi.formulas.vocabulary import Kind, Variable, Vocabulary
from kpi.plans.erratum import Erratum
from kpi.plans.organisation import Organisation
from kpi.plans.plan import Document, Kpi, Plan
from kpi.problems import Problem, in_order, nearest
from kpi.quantities import Rounding
from kpi.source import Span
from kpi.units import UNITS, Unit, UnitTable, counting_unit
from kpi.yaml_nodes import ScalarNode
from kpi.yaml_reader import read_yaml

if TYPE_CHECKING:
    from kpi.catalogue.tables import Known
    from kpi.formulas.tables import Table

_SECTIONS: Final = ("documents", "organisations", "units", "variables", "tables", "kpis", "plans", "errata")
_KINDS: Final[tuple[Kind, ...]] = ("flow", "stock")
_KPI_KINDS: Final = ("share", "ratio")
_DIRECTIONS: Final[tuple[Direction, ...]] = ("higher", "lower")
_ROUNDINGS: Final[tuple[Rounding, ...]] = ("half_up", "half_even", "floor", "ceil")
_COMPARED: Final[tuple[Compared, ...]] = ("exact", "shown")


def read_catalog(text: str, name: str) -> tuple[Catalog, list[Problem]]:
    """The part of a catalogue that makes sense, and every problem in the order of the text."""
    root, file, problems = read_yaml(text, name)
    reader = _Reader(Problems(file, problems))
    if root is not None:
        reader.read(Fields(reader.problems, "the catalogue", root, "カタログ", [*_SECTIONS]))
    catalog = Catalog(
        reader.documents.entries,
        reader.organisations.entries,
        reader.vocabulary,
        Named(reader.kpis.entries),
        Named(reader.plans.entries),
        reader.errata.entries,
        reader.places,
        reader.kpi_places,
        reader.table_places,
        reader.unread,
    )
    return catalog, in_order(reader.problems.found)


@define(eq=False, repr=False)
class _Reader:
    problems: Problems
    documents: Section[Document] = field(factory=Section)
    organisations: Section[Organisation] = field(factory=Section)
    named_units: Section[Unit] = field(factory=Section)
    units: UnitTable = UNITS
    variables: Section[Variable] = field(factory=Section)
    kpis: Section[Kpi] = field(factory=Section)
    plans: Section[Plan] = field(factory=Section)
    errata: Section[Erratum] = field(factory=Section)
    places: dict[str, Span] = field(factory=dict)
    kpi_places: dict[str, Span] = field(factory=dict)
    table_places: dict[str, Span] = field(factory=dict)
    same_as: dict[str, ScalarNode] = field(factory=dict)
    kpi_names: dict[tuple[str, str], str] = field(factory=dict)
    """The KPI that has each name, by language."""
    records: dict[str, ScalarNode] = field(factory=dict)
    tables: Section[Table] = field(factory=Section)
    columns: dict[str, Known] = field(factory=dict)
    names: Names = field(init=False)

    @names.default
    def _names_of_variables_and_tables(self) -> Names:
        return Names(self.problems)

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.variables.entries, self.units, Named(self.tables.entries))

    @property
    def unread(self) -> frozenset[str]:
        """The texts of KPIs and plans that have problems; where a whole section has, any variable may be used in it."""
        whole = self.kpis.is_whole and self.plans.is_whole
        return frozenset({*self.kpis.unread, *self.plans.unread, *(() if whole else self.variables.entries)})

    def read(self, catalog: Fields) -> None:
        if not catalog.entries:
            found, found_ja = shown(catalog.node)
            self.problems.report("not-a-catalogue", catalog.start, found=found, found_ja=found_ja)
            return
        for key, fields in catalog.each("documents", self.documents):
            self.read_document(key, fields)
        for key, fields in catalog.each("organisations", self.organisations):
            self.organisations.entries[key.text] = OrganisationReader(self.organisations).read(key, fields)
        self.read_vocabulary(catalog)
        formulas = self.formulas()
        for key, fields in catalog.each("kpis", self.kpis):
            self.read_kpi(key, fields, formulas)
        check_same(self.kpis, self.kpi_places, self.same_as, self.problems)
        plans = PlanReader(self.problems, self.documents, self.organisations, self.kpis, formulas, self.kpi_places)
        for key, fields in catalog.each("plans", self.plans):
            plan = plans.read(key, fields)
            if plan is None:
                self.plans.leave_out(key.text, *texts_in(fields.node))
            else:
                self.plans.entries[key.text] = plan
        plans.finish()
        errata = ErratumReader(self.documents, self.plans, self.kpis)
        for key, fields in catalog.each("errata", self.errata, required=False):
            self.errata.entries[key.text] = errata.read(key, fields)
        self.finish(catalog)

    def read_vocabulary(self, catalog: Fields) -> None:
        """What formulas may speak of: units, variables and tables."""
        for key, fields in catalog.each("units", self.named_units, required=False):
            self.read_unit(key, fields)
        for key, fields in catalog.each("variables", self.variables):
            self.read_variable(key, fields)
        self.read_tables(catalog)
        formulas = self.formulas()
        for name, node in self.records.items():
            variable = self.variables.entries[name]
            self.variables.entries[name] = evolve(variable, records=formulas.records(node, variable))

    def read_tables(self, catalog: Fields) -> None:
        """The tables of records, which few catalogues have: what reads them is imported with the first."""
        for key, fields in catalog.each("tables", self.tables, required=False):
            from kpi.catalogue.tables import TableReader

            reader = TableReader(self.problems, self.units, self.unit_of, self.names, self.columns, self.table_places)
            self.tables.entries[key.text] = reader.read(key, fields)

    def formulas(self) -> FormulaReader:
        """What reads formulas with the names that are known by now."""
        return FormulaReader(
            self.problems, self.vocabulary, self.variables, self.named_units, self.tables, self.columns
        )

    def finish(self, catalog: Fields) -> None:
        """Reports missing and unknown sections; what is missing may stand in a document behind the first."""
        if any(problem.code == "several-documents" for problem in self.problems.found):
            catalog.missing.clear()
        catalog.finish()

    def read_document(self, key: ScalarNode, fields: Fields) -> None:
        ja, en, publisher = fields.text("ja"), fields.text("en"), fields.text("publisher", required=False)
        fields.finish()
        self.documents.entries[key.text] = Document(key.text, ja or "", en or "", publisher or "")

    def read_unit(self, key: ScalarNode, fields: Fields) -> None:
        ja, en = fields.scalar("ja"), fields.scalar("en")
        aliases = fields.texts("aliases")
        fields.finish()
        words = [word for word in (key, en, ja, *aliases) if word]
        taken = [word for word in words if word.text in self.units]
        for word in taken:
            self.problems.report("unit-again", word.span, name=word.text, unit=self.units[word.text].name)
        if not taken:
            english, japanese = (word.text if word else key.text for word in (en, ja))
            unit = counting_unit(key.text, english, japanese, *(alias.text for alias in aliases))
            self.units = self.units.extended([unit])

    def read_variable(self, key: ScalarNode, fields: Fields) -> None:
        ja, en = fields.scalar("ja"), fields.text("en")
        unit = self.unit_of(fields.scalar("unit"))
        kind = fields.choice("kind", _KINDS)
        labels = fields.texts("labels")
        records = fields.scalar("records", required=False)
        fields.finish()
        self.places.setdefault(key.text, key.span)
        free = self.names.take("variable", key, ja, *labels)
        self.variables.entries[key.text] = Variable(
            key.text,
            unit,
            ja.text if ja and ja.text in free else "",
            en or "",
            kind or "flow",
            tuple(label.text for label in labels if label.text in free),
        )
        if records is not None:
            self.records[key.text] = records

    def unit_of(self, node: ScalarNode | None) -> Unit:
        if node is not None and node.text in self.units:
            return self.units[node.text]
        if node is not None and not self.named_units.excuses(node.text):
            self.problems.report("unknown-unit", node.span, nearest(node.text, self.units), name=node.text)
        return Unit("unknown", "", "", dimension=None)  # type: ignore[arg-type]  # agrees with every other

    def read_kpi(self, key: ScalarNode, fields: Fields, formulas: FormulaReader) -> None:
        ja, en = fields.text("ja"), fields.text("en")
        formula = fields.scalar("formula")
        unit = self.unit_of(fields.scalar("unit"))
        direction = fields.choice("direction", _DIRECTIONS)
        style = Style(
            None if unit.dimension is None else unit,
            fields.number("decimals", MAX_DECIMALS),
            fields.choice("rounding", _ROUNDINGS, "half_up") or "half_up",
            fields.choice("compared", _COMPARED, "exact") or "exact",
        )
        labels = tuple(label.text for label in fields.texts("labels"))
        kind = fields.choice("kind", _KPI_KINDS, "share")
        same_as = fields.scalar("same_as", required=False)
        if same_as is not None:
            self.same_as[key.text] = same_as
        fields.value("examples", required=False)
        fields.finish()
        self.kpi_places[key.text] = key.span
        names = [(language, name) for language, name in (("ja", ja), ("en", en)) if name]
        for other in dict.fromkeys(self.kpi_names[name] for name in names if name in self.kpi_names):
            self.problems.report("name-of-another", key.span, other=other)
        found = formulas.formula(formula, style, Title(key.text, ja or "", en or "")) if formula else None
        examples = read_examples(fields, found, with_rule=False)
        if found is None:
            self.kpis.leave_out(key.text, *([formula.text] if formula else ()))
        else:
            self.kpis.entries[key.text] = Kpi(
                key.text, ja or "", en or "", found, direction, labels, kind == "ratio", examples=examples
            )
            for name in names:
                self.kpi_names.setdefault(name, key.text)
