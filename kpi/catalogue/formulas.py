"""The formulas and rules of a catalogue, read where they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from kpi.catalogue.fields import Problems, Section
from kpi.catalogue.formula_checks import FORMULA_CHECKS
from kpi.definitions import Formula, Style
from kpi.definitions import define as define_formula
from kpi.evaluation.result import Title
from kpi.formulas.checker import check_rule
from kpi.formulas.nodes import Aggregate, Rule
from kpi.formulas.parser import parse_definition, parse_rule
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.problems import Problem
from kpi.source import Source
from kpi.units import Unit
from kpi.yaml_nodes import ScalarNode

if TYPE_CHECKING:
    from kpi.catalogue.tables import Known
    from kpi.formulas.tables import Table

WrittenRule = tuple[Source, Rule | None, list[Problem]]
"""A rule where it stands, as a tree if it can be read as one, and what is wrong with its syntax."""


def read_rule(node: ScalarNode) -> WrittenRule:
    """The rule that is written in a value."""
    source = node.source
    return (source, *parse_rule(source))


@frozen(eq=False, repr=False)
class FormulaReader:
    """Reads formulas with one *vocabulary*; what refers to an entry that could not be read is no further problem."""

    problems: Problems
    vocabulary: Vocabulary
    variables: Section[Variable]
    units: Section[Unit]
    tables: Section[Table] = field(factory=Section)
    columns: Mapping[str, Known] = field(factory=dict)

    def formula(self, node: ScalarNode, style: Style, title: Title) -> Formula | None:
        """The formula of a KPI, which has no rule."""
        definition, problems = parse_definition(node.source)
        found = None
        if definition is not None:
            if definition.rule is not None:
                self.problems.report("rule-in-formula", node.span)
            found, problems = define_formula(
                definition.formula, None, node.source, node.source, style, self.vocabulary, title=title
            )
        if found is not None and not problems:
            for check in FORMULA_CHECKS:
                problems = problems or [*check(found, node.source)]
        self._report(problems)
        return None if problems else found

    def rule(
        self, written: WrittenRule, of: Formula | None, own_names: Collection[str] = (), source: str = ""
    ) -> Formula | None:
        """The formula *of* a KPI with its rule as *written*, which stands in *source*.

        Where the KPI could not be read, only the rule's own mistakes count; *own_names* are those that it may have.
        """
        text, tree, problems = written
        found = None
        if tree is not None and of is not None:
            found, problems = define_formula(
                of.expression,
                tree,
                text,
                text,
                of.style,
                self.vocabulary,
                title=Title(of.title.key, of.title.ja, of.title.en, source),
                own_names=own_names,
                checked=of.checked,
            )
        elif tree is not None:
            _, problems = check_rule(tree, text, self.vocabulary)
            problems = [problem for problem in problems if not _may_be_its_own(problem, own_names)]
        self._report(problems)
        return None if problems else found

    def records(self, node: ScalarNode, variable: Variable) -> Aggregate | None:
        """What counts a *variable* from records: one aggregate in its unit, whose months add up where they must."""
        definition, problems = parse_definition(node.source)
        written = definition.formula if definition and definition.rule is None else None
        if definition is not None and not isinstance(written, Aggregate):
            self.problems.report("records-of-formula", node.span, found=node.text)
        if not isinstance(written, Aggregate):
            self._report(problems)
            return None
        style = Style(None if variable.unit.dimension is None else variable.unit)
        found, problems = define_formula(written, None, node.source, node.source, style, self.vocabulary)
        problems = [evolve(one, code="records-unit") if one.code == "wrong-unit" else one for one in problems]
        self._report(problems)
        aggregate = found.expression
        if problems or not isinstance(aggregate, Aggregate):
            return None
        if variable.kind == "flow" and not aggregate.adds_up:
            self.problems.report("records-of-flow", node.span, found=node.text)
        return aggregate

    def _report(self, problems: list[Problem]) -> None:
        codes = {problem.code for problem in problems}
        for problem in problems:
            # a formula whose parts clash has no unit that could be the right one
            if not self._follows(problem) and not (problem.code == "wrong-unit" and "unit-clash" in codes):
                self.problems.found.append(problem)

    def _follows(self, problem: Problem) -> bool:
        name = str(problem.facts.get("name"))
        match problem.code:
            case "unknown-variable":
                return self.variables.excuses(name)
            case "unknown-unit":
                return self.units.excuses(name)
            case "unknown-table":
                return self.tables.excuses(name)
            case "table-without-column":
                return self.columns[str(problem.facts.get("table"))].excuses(name)
            case _:
                return False


def _may_be_its_own(problem: Problem, own_names: Collection[str]) -> bool:
    """Whether a rule may be right about a KPI that is not known."""
    is_name = problem.code == "unknown-variable" and problem.facts.get("name") in own_names
    return is_name or problem.code == "rule-of-another"
