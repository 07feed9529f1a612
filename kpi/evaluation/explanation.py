"""Why a result is what it is, as data and as English or Japanese text.

This is where the numbers of a result become words. Every number in the text recomputes to the verdict:
the line that proves it is written in the language itself and can be parsed and evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import frozen

from kpi.evaluation.context import Context, reason_text
from kpi.evaluation.decision import Check
from kpi.evaluation.display import Display, display_of
from kpi.evaluation.notes import Note
from kpi.evaluation.wording import WORDS
from kpi.evaluation.writing import Writer
from kpi.formulas.evaluator import Environment, Series, Undefined, evaluate
from kpi.formulas.nodes import Comparison, Done, Expression, Name, Number, Reference, Rule, names, references
from kpi.formulas.printer import canonical
from kpi.problems import Language
from kpi.quantities import Quantity, finite_decimals

if TYPE_CHECKING:
    from kpi.evaluation.result import Result


@frozen
class Explanation:
    """The reasons of one result."""

    result: Result

    # ── as data ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def inputs(self) -> dict[str, Quantity | None]:
        """Each variable that the value or the conditions look at, with its number; None where it is missing."""
        result = self.result
        mentioned = dict.fromkeys((*names(result.judge.formula), *(names(result.rule) if result.rule else ())))
        return {name: self._input(name) for name in mentioned}

    @property
    def references(self) -> tuple[tuple[Reference, Quantity, str], ...]:
        """Each reference of the deciding clause with its value, and whether that was `stated` or `computed`."""
        result, check = self.result, self.result.check
        found: list[tuple[Reference, Quantity, str]] = []
        if check is None or not isinstance(check.requirement, Comparison):
            return ()
        left = check.requirement.left
        subject = None if isinstance(left, Reference) else left
        for reference in references(check.requirement):
            value = result.judge.reference(reference, subject, result.situation)
            stated = result.judge.stated(reference, subject, result.situation) is not None
            if isinstance(value, Fraction):
                plain = Reference(reference.period, reference.years)
                found.append((plain, result.display.quantity(value), "stated" if stated else "computed"))
        return tuple(found)

    @property
    def conditions(self) -> tuple[tuple[str, bool | None], ...]:
        """The conditions looked at, in order, with whether each held."""
        return tuple(
            (canonical(check.requirement), check.held)
            for _, checks in self.result.judgement.conditions
            for check in checks
        )

    def to_dict(self) -> dict[str, Any]:
        """The reasons for programs: numbers as exact text."""
        result = self.result
        return {
            "name": {"ja": result.title.ja, "en": result.title.en},
            "formula": canonical(result.judge.formula),
            "rule": canonical(result.rule) if result.rule else None,
            "inputs": {name: value.exact if value is not None else None for name, value in self.inputs.items()},
            "conditions": [{"condition": condition, "held": held} for condition, held in self.conditions],
            "references": [
                {"reference": canonical(reference), "value": value.exact, "origin": origin}
                for reference, value, origin in self.references
            ],
            "proof": result.proof,
            "relative_margin": None if result.relative_margin is None else result.relative_margin.exact,
            "attainment": None if result.attainment is None else result.attainment.exact,
            "whole_cases": None if result.whole_cases is None else result.whole_cases.exact,
            "pace": result.pace.to_dict(),
            "national": None if result.national is None else result.national.to_dict(),
            "fragility": None if result.fragility is None else result.fragility.to_dict(),
            "lacking": [{"lack": reason.lack, "name": reason.name} for reason in result.reasons],
            "notes": [{"note": note.code, **_plain_facts(note)} for note in result.notes],
            "source": result.title.source,
        }

    # ── as text ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def text(self, language: Language) -> str:
        """The reasons, one to a line."""
        words = WORDS[language]
        lines = [self._headline(language)]
        lines += [f"  {words[key]}: {line}" for key, line in self.lines(language)]
        return "\n".join(lines)

    def lines(self, language: Language) -> Iterator[tuple[str, str]]:
        """The reasons, each with the word for what it tells of (`value`, `clause`), which stands in `WORDS`."""
        result, write = self.result, self._writer(language)
        if not self._only_published:
            yield "formula", write.node(result.judge.formula)
        if result.rule is not None:
            yield "rule", write.node(result.rule)
        yield from (("value", line) for line in self._value(language))
        yield from (("clause", line) for line in self._clause(language))
        yield from (("target", line) for line in self._references(language))
        yield from (("target", line) for line in self._target(language))
        yield from (("check", line) for line in self._checks(language))
        yield from (("margin", line) for line in self._margin(language))
        if result.rounding_sensitive:
            yield "rounding", WORDS[language][f"sensitive_{result.judge.display.compared}"]
        yield from Context(result, write).lines()
        lack = "reason" if result.achieved is None else "besides"
        yield from ((lack, reason_text(reason, write)) for reason in result.reasons)
        yield from (("note", self._note(note, language)) for note in result.notes)
        if result.title.source:
            yield "source", result.title.source

    def summary(self, language: Language) -> str:
        """The reason in one line: what is lacking, or the numbers that decided."""
        result, words = self.result, WORDS[language]
        if result.reasons:
            return words["list"].join(reason_text(reason, self._writer(language)) for reason in result.reasons)
        parts = [*self._value(language), *[*self._clause(language)][:1], *self._references(language)]
        return words["list"].join((*parts, *self._cases(language)))

    def context(self, language: Language) -> str:
        """Pace and nation in one line, where they are known."""
        return Context(self.result, self._writer(language)).brief()

    def _headline(self, language: Language) -> str:
        result, words = self.result, WORDS[language]
        name = result.title.name(language)
        verdict = words[result.outcome]
        if result.provisional:
            verdict = words["provisional"].format(verdict=verdict, as_of=result.as_of)
        return f"{name}: {verdict}" if name else verdict

    @property
    def _only_published(self) -> bool:
        """Whether the formula says nothing: it is one name, and the value was given without it."""
        formula, current = self.result.judge.formula, self.result.situation.current
        return isinstance(formula, Name) and current.own is not None and formula.name not in current.variables

    def _value(self, language: Language) -> Iterator[str]:
        """The formula with its numbers put in, and what that gives."""
        result, check, write = self.result, self.result.check, self._writer(language)
        left, at = (check.requirement.left, check.at) if check else (None, "")
        numbers = result.substitution.value(left, result.substitution.observed_at(at))
        number = self._number(numbers, left, language)
        if number is None or result.value is None:
            return
        named = [] if left is None else [write.node(left)]
        simple = isinstance(left or result.judge.formula, Name | Reference) or isinstance(numbers, Number)
        yield write.placed(" = ".join((*named, *([] if simple else [write.node(numbers)]), number)), at)

    def _number(self, numbers: Expression, left: Expression | None, language: Language) -> str | None:
        """What *numbers* give and, where the rule or a doubt calls for it, how that is shown."""
        result, write = self.result, self._writer(language)
        plain = evaluate(numbers, Environment({}, units=result.judge.units))
        if isinstance(plain, Undefined):
            return None
        display = result.display
        quantity = display.quantity(plain)
        rounded = left is None and (display.compared == "shown" or result.rounding_sensitive)
        if not rounded or quantity.shown == quantity:
            return write.number(quantity)
        words = WORDS[language]
        return words["shown_as"].format(
            exact=write.number(quantity), shown=quantity.text(language), rounding=words[display.rounding]
        )

    def _clause(self, language: Language) -> Iterator[str]:
        result, words, write = self.result, WORDS[language], self._writer(language)
        judgement = result.judgement
        for case, checks in judgement.conditions:
            chosen = case is judgement.case
            decided = chosen or any(check.held is False for check in checks)
            told = [check for check in checks if chosen or check.held is (False if decided else None)]
            reason = words["because_held" if chosen else "because_not_held" if decided else "undecided"]
            condition = words["and"].join(self._condition(check, language) for check in told)
            yield reason.format(case=write.node(case), condition=condition)
        if judgement.conditions and judgement.case is None and judgement.checks and result.rule is not None:
            yield words["otherwise"].format(case=write.node(Rule(result.rule.requirements)))

    def _condition(self, check: Check, language: Language) -> str:
        write = self._writer(language)
        text = write.placed(write.condition(check.requirement), check.at)
        if not isinstance(check.value, Fraction):
            return text
        number = write.number(self._display(check).quantity(check.value))
        return WORDS[language]["measured"].format(condition=text, number=number)

    def _display(self, check: Check) -> Display:
        left = check.requirement.left
        if left is None or isinstance(left, Reference):
            return self.result.judge.display
        return display_of(left, check.requirement, self.result.vocabulary)

    def _references(self, language: Language) -> Iterator[str]:
        write = self._writer(language)
        for reference, value, origin in self.references:
            yield WORDS[language][origin].format(reference=write.node(reference), value=write.number(value))

    def _target(self, language: Language) -> Iterator[str]:
        """The target with what it comes to, where it is more than one number or reference."""
        result, check = self.result, self.result.check
        if check is None or not isinstance(check.requirement, Comparison) or not isinstance(check.target, Fraction):
            return
        left, right = check.requirement.left, check.requirement.right
        observed = result.substitution.observed_at(check.at)
        numbers = result.substitution.numbers(right, observed, None if isinstance(left, Reference) else left)
        number = self._number(numbers, left, language)
        if number is not None and not isinstance(right, Number | Reference):
            yield f"{self._writer(language).node(right)} = {number}"

    def _checks(self, language: Language) -> Iterator[str]:
        """Each requirement that failed, or each that was met; of several months or branches the closest alone."""
        result, words, write = self.result, WORDS[language], self._writer(language)
        checks = result.judgement.checks
        failed = [check for check in checks if check.held is False]
        met = [check for check in checks if result.achieved and (not check.at or check is result.check)]
        for check in failed or met:
            proof = result.substitution.proof(check)
            if proof is None:
                continue
            kind = "done" if isinstance(check.requirement, Done) else "held"
            told = words[kind if check.held else f"not_{kind}"].format(proof=write.proof(proof))
            told = write.placed(told, check.at)
            times = sum(bool(each.at) for each in checks)
            yield words["closest"].format(check=told, count=times) if check.at and not failed else told

    def _margin(self, language: Language) -> Iterator[str]:
        result, words, write = self.result, WORDS[language], self._writer(language)
        if result.margin is None:
            return
        parts = [write.number(result.margin)]
        if result.relative_margin is not None:
            parts.append(words["relative"].format(margin=write.telling(result.relative_margin, 0)))
        if result.attainment is not None:
            parts.append(words["attainment"].format(attainment=write.telling(result.attainment, 100)))
        yield words["list"].join((*parts, *self._cases(language)))

    def _cases(self, language: Language) -> Iterator[str]:
        """The whole cases, unless they are the margin itself."""
        result, cases = self.result, self.result.whole_cases
        if cases is None or result.margin is None or cases.unit == result.margin.unit:
            return
        check = result.check
        is_above = check is not None and isinstance(check.value, Fraction) and isinstance(check.target, Fraction)
        is_above = is_above and check.value > check.target  # type: ignore[union-attr, operator]  # asked just before
        kind = "spare" if cases >= 0 else "surplus" if is_above else "short"
        yield WORDS[language][kind].format(count=Quantity(abs(cases), cases.unit).text(language))

    def _note(self, note: Note, language: Language) -> str:
        write = self._writer(language)
        facts = {
            name: fact
            if isinstance(fact, str)
            else write.number(fact)
            if isinstance(fact, Quantity)
            else write.node(fact)
            for name, fact in note.facts.items()
        }
        return WORDS[language][note.code].format(**facts)

    def _writer(self, language: Language) -> Writer:
        result = self.result
        return Writer(language, result.judge, result.rule, result.situation, result.vocabulary)

    def _input(self, name: str) -> Quantity | None:
        given = self.result.situation.current.variables.get(name)
        if given is None or isinstance(given, Undefined | Series):
            return None
        vocabulary = self.result.vocabulary
        variable = vocabulary.variables.get(name) if vocabulary else None
        decimals = finite_decimals(given.denominator) or 0
        return (
            Quantity(given * variable.unit.per, variable.unit, decimals)
            if variable
            else Quantity(given, decimals=decimals)
        )


def _plain_facts(note: Note) -> dict[str, str]:
    return {
        name: fact if isinstance(fact, str) else fact.exact if isinstance(fact, Quantity) else canonical(fact)
        for name, fact in note.facts.items()
    }
