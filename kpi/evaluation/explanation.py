"""Why a result is what it is, as data and as English or Japanese text.

This is where the numbers of a result become words. Every number in the text recomputes to the verdict:
the line that proves it is written in the language itself and can be parsed and evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from kpi.evaluation.decision import Check
from kpi.evaluation.display import display_of
from kpi.formulas.evaluator import Reason, Series, Undefined
from kpi.formulas.japanese import japanese, japanese_condition
from kpi.formulas.nodes import Comparison, Node, Number, Reference, Requirement, Rule, names, references
from kpi.formulas.printer import canonical
from kpi.problems import Language
from kpi.quantities import Quantity, finite_decimals, fixed_text, round_to, unit_text

if TYPE_CHECKING:
    from kpi.evaluation.result import Result

_EXTRA_DECIMALS: Final = 4
"""Decimals beyond those displayed to which an unending value is written."""

WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "achieved": "achieved",
        "missed": "missed",
        "not_applicable": "not applicable",
        "not_evaluable": "not evaluable",
        "no_target": "no target",
        "provisional": "provisional, as of {as_of}",
        "formula": "formula",
        "value": "value",
        "rule": "rule",
        "clause": "clause",
        "because_held": "applies, because {condition} holds",
        "because_not_held": "does not apply, because {condition} does not hold",
        "undecided": "cannot be chosen, because it is not known whether {condition} holds",
        "target": "target",
        "stated": "{reference} is {value} as the plan states it",
        "computed": "{reference} is {value} from the data",
        "check": "check",
        "held": "{proof} holds",
        "not_held": "{proof} does not hold",
        "margin": "margin",
        "relative": "{margin} of the target",
        "attainment": "attainment {attainment}",
        "spare": "{count} to spare",
        "short": "{count} short",
        "surplus": "{count} too many",
        "rounding": "rounding",
        "sensitive": "the exact value and the value shown give different verdicts; the rule compares the {compared} value",
        "lacking": "lacking",
        "missing": "{name} is missing",
        "not_applicable_value": "{name} does not apply",
        "zero_denominator": "the denominator {name} is 0",
        "several_values": "{name} has several values where one is needed",
        "no_series": "{name} has no value for each time that the rule asks for",
        "note": "note",
        "source": "source",
    },
    "ja": {
        "achieved": "達成",
        "missed": "未達成",
        "not_applicable": "該当なし",
        "not_evaluable": "判定不能",
        "no_target": "目標なし",
        "provisional": "{as_of}現在の暫定",
        "formula": "計算式",
        "value": "実績",
        "rule": "目標",
        "clause": "適用",
        "because_held": "{condition}に当てはまるため適用",
        "because_not_held": "{condition}に当てはまらないため適用しない",
        "undecided": "{condition}かどうか分からないため決められない",
        "target": "基準",
        "stated": "{reference}は計画に記載の{value}",
        "computed": "{reference}はデータから{value}",
        "check": "判定",
        "held": "{proof} を満たす",
        "not_held": "{proof} を満たさない",
        "margin": "差",
        "relative": "目標比{margin}",
        "attainment": "達成率{attainment}",
        "spare": "余裕{count}",
        "short": "不足{count}",
        "surplus": "超過{count}",
        "rounding": "端数",
        "sensitive": "端数処理の前後で判定が異なる。この目標は{compared}を比較する",
        "lacking": "不足する値",
        "missing": "{name}の値がない",
        "not_applicable_value": "{name}は該当なし",
        "zero_denominator": "分母の{name}が0",
        "several_values": "{name}に複数の値があり一つに定まらない",
        "no_series": "{name}の各回の値がない",
        "note": "注記",
        "source": "出典",
    },
}
_COMPARED: Final = {"en": {"exact": "exact", "shown": "shown"}, "ja": {"exact": "端数処理前の値", "shown": "表示の値"}}


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

    # ── as text ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def text(self, language: Language) -> str:
        """The reasons, one to a line."""
        words = WORDS[language]
        lines = [self._headline(language)]
        lines += [f"  {words[key]}: {line}" for key, line in self._lines(language)]
        return "\n".join(lines)

    def summary(self, language: Language) -> str:
        """The reason in one line: what is lacking, or the numbers that decided."""
        result, words = self.result, WORDS[language]
        joiner = "、" if language == "ja" else "; "
        if result.reasons:
            return joiner.join(self._reason(reason, language) for reason in result.reasons)
        parts = [] if result.value is None else [self._value(language)]
        parts += [line for line in self._clause(language) if result.judgement.conditions][:1]
        for reference, value, origin in self.references:
            parts.append(words[origin].format(reference=self._written(reference, language), value=value.text(language)))
        if result.whole_cases is not None and result.margin is not None and result.whole_cases.unit != result.margin.unit:
            parts.append(self._cases(result.whole_cases, language))
        return joiner.join(parts)

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
            "lacking": [{"lack": reason.lack, "name": reason.name} for reason in result.reasons],
            "notes": list(result.notes),
            "source": result.title.source,
        }

    def _headline(self, language: Language) -> str:
        result, words = self.result, WORDS[language]
        name = result.title.name(language)
        verdict = words[result.outcome]
        if result.provisional:
            provisional = words["provisional"].format(as_of=result.as_of)
            verdict += f"（{provisional}）" if language == "ja" else f" ({provisional})"
        return f"{name}: {verdict}" if name else verdict

    def _lines(self, language: Language) -> Iterator[tuple[str, str]]:
        result, words, check = self.result, WORDS[language], self.result.check
        yield "formula", self._written(result.judge.formula, language)
        if result.rule is not None:
            yield "rule", self._written(result.rule, language)
        if result.value is not None:
            yield "value", self._value(language)
        yield from (("clause", line) for line in self._clause(language))
        for reference, value, origin in self.references:
            named = self._written(reference, language)
            yield "target", words[origin].format(reference=named, value=value.text(language))
        if result.proof is not None and check is not None:
            at = f"{check.at}: " if check.at else ""
            yield "check", at + words["held" if check.held else "not_held"].format(proof=result.proof)
        if result.margin is not None:
            yield "margin", self._margin(language)
        if result.rounding_sensitive:
            yield "rounding", words["sensitive"].format(compared=_COMPARED[language][result.judge.display.compared])
        yield from (("lacking", self._reason(reason, language)) for reason in result.reasons)
        yield from (("note", note) for note in result.notes)
        if result.title.source:
            yield "source", result.title.source

    def _value(self, language: Language) -> str:
        """The formula with its numbers put in, and what that gives."""
        result, check = self.result, self.result.check
        assert result.value is not None
        observed = result.substitution.observed_at(check.at if check else "")
        left = check.requirement.left if check else None
        numbers = result.substitution.value(left, observed)
        number = self._unrounded(result.value, language)
        text = self._written(numbers, language)
        return number if isinstance(numbers, Number) else f"{text} = {number}"

    def _unrounded(self, value: Quantity, language: Language) -> str:
        decimals = finite_decimals(value.denominator)
        most = value.decimals + _EXTRA_DECIMALS
        ends = decimals is not None and decimals <= most
        shown = Fraction(value) if ends else round_to(Fraction(value), most, "floor")
        digits = fixed_text(shown, max(decimals or 0, value.decimals) if ends else most, separators=True)
        return f"{digits}{'' if ends else '…'}{unit_text(value.unit, language, singular=value == 1)}"

    def _clause(self, language: Language) -> Iterator[str]:
        judgement, words = self.result.judgement, WORDS[language]
        for case, checks in judgement.conditions:
            chosen = case is judgement.case
            decided = chosen or any(check.held is False for check in checks)
            told = [check for check in checks if chosen or check.held is (False if decided else None)]
            reason = words["because_held" if chosen else "because_not_held" if decided else "undecided"]
            joiner = "かつ" if language == "ja" else " and "
            told_text = reason.format(condition=joiner.join(self._condition(check, language) for check in told))
            yield f"{self._written(case, language)} — {told_text}" if decided else told_text
        if judgement.conditions and judgement.case is None and judgement.checks and self.result.rule is not None:
            yield self._written(Rule(self.result.rule.requirements), language)

    def _condition(self, check: Check, language: Language) -> str:
        text = self._written_condition(check.requirement, language)
        left = check.requirement.left
        if not isinstance(check.value, Fraction):
            return text
        display = self.result.judge.display
        if left is not None and not isinstance(left, Reference):
            display = display_of(left, check.requirement, self.result.judge.units, self.result.vocabulary)
        number = display.quantity(check.value).text(language)
        return f"{text}（{number}）" if language == "ja" else f"{text} ({number})"

    def _margin(self, language: Language) -> str:
        result, words = self.result, WORDS[language]
        assert result.margin is not None
        parts = [result.margin.text(language)]
        if result.relative_margin is not None:
            parts.append(words["relative"].format(margin=result.relative_margin.text(language)))
        if result.attainment is not None:
            parts.append(words["attainment"].format(attainment=result.attainment.text(language)))
        if result.whole_cases is not None and result.whole_cases.unit != result.margin.unit:
            parts.append(self._cases(result.whole_cases, language))
        return ("、" if language == "ja" else "; ").join(parts)

    def _cases(self, cases: Quantity, language: Language) -> str:
        kind = "spare" if cases >= 0 else "surplus" if self.result.lower_is_better else "short"
        count = Quantity(abs(cases), cases.unit).text(language)
        return WORDS[language][kind].format(count=count)

    def _reason(self, reason: Reason, language: Language) -> str:
        key = "not_applicable_value" if reason.lack == "not_applicable" else reason.lack
        return WORDS[language][key].format(name=self._label(reason.name, language))

    # ── names and numbers ────────────────────────────────────────────────────────────────────────────────────────────

    def _written(self, node: Node, language: Language) -> str:
        if language == "ja":
            return japanese(node, lambda name: self._label(name, "ja"), self.result.judge.units.get)
        return canonical(node)

    def _written_condition(self, requirement: Requirement, language: Language) -> str:
        if language == "ja":
            return japanese_condition(requirement, lambda name: self._label(name, "ja"), self.result.judge.units.get)
        return canonical(requirement)

    def _label(self, name: str, language: Language) -> str:
        vocabulary = self.result.vocabulary
        if language == "en" or vocabulary is None:
            return name
        return vocabulary.label(name, language)

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
