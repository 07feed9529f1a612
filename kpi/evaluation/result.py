"""The result of evaluating a KPI: outcome, value, target, margin, and why.

A result keeps what was decided and from what; everything else is worked out when it is asked for, by rooms that are
imported then.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from kpi.evaluation.decision import Check, Judgement, Verdict, lower_is_better
from kpi.evaluation.direction import Direction
from kpi.evaluation.display import Compared, Display, display_of
from kpi.evaluation.judge import Judge
from kpi.evaluation.observed import Situation
from kpi.formulas.evaluator import Outcome, Reason, Undefined
from kpi.formulas.nodes import Reference, Rule
from kpi.formulas.printer import canonical
from kpi.formulas.vocabulary import Vocabulary
from kpi.problems import Language
from kpi.quantities import Quantity, percent
from kpi.units import BRANCH, PERCENT

if TYPE_CHECKING:
    from kpi.evaluation.explanation import Explanation
    from kpi.evaluation.fragility import Fragility
    from kpi.evaluation.national import National
    from kpi.evaluation.notes import Note
    from kpi.evaluation.pace import Pace
    from kpi.evaluation.substitution import Substitution


@frozen
class Title:
    """How a KPI is called, and where its rule stands.

    Attributes:
        key: the key in the catalogue.
        ja: the Japanese name.
        en: the English name.
        source: the document with section and page, and the line of the catalogue.
    """

    key: str = ""
    ja: str = ""
    en: str = ""
    source: str = ""

    def name(self, language: Language) -> str:
        """The name in one language, or what there is."""
        return (self.ja if language == "ja" else self.en) or self.ja or self.en or self.key


@frozen(slots=False, repr=False)
class Result:
    """What came out for one KPI, organisation and year.

    `value`, `target` and `margin` are exact numbers in the KPI's unit (59.6 with unit `%`).

    Attributes:
        judge: who decided: the formula and how its numbers are shown and compared.
        rule: the tree of the rule; None where there is none.
        situation: what was known: values of this year and elsewhere, baseline, fiscal year and as-of date.
        vocabulary: the variables that were known; None where every name is a variable.
        title: how the KPI is called, and where its rule stands.
        further_notes: notes on the data that the values come from; `notes` has them with all others.
        direction: whether the KPI declares `higher` or `lower` values as better.
        is_ratio: whether its percentage is no share of a whole and may exceed 100 %.
    """

    judge: Judge
    rule: Rule | None
    situation: Situation
    vocabulary: Vocabulary | None = None
    title: Title = Title()
    further_notes: tuple[Note, ...] = field(default=(), kw_only=True)
    direction: Direction | None = field(default=None, kw_only=True)
    is_ratio: bool = field(default=False, kw_only=True)

    # ── the verdict ──────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def judgement(self) -> Judgement:
        """What was decided, and every check made on the way."""
        return self.judge.judge(self.rule, self.situation)

    @property
    def outcome(self) -> Verdict:
        """`achieved`, `missed`, `not_applicable`, `not_evaluable` or `no_target`."""
        return self.judgement.verdict

    @property
    def achieved(self) -> bool | None:
        """True or False, and None where there is no verdict."""
        return {Verdict.ACHIEVED: True, Verdict.MISSED: False}.get(self.outcome)

    @property
    def provisional(self) -> bool:
        """Whether the result stands before the end of its fiscal year."""
        return self.situation.provisional

    @property
    def as_of(self) -> date | None:
        """The day up to which the values count."""
        return self.situation.as_of

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why there is no verdict: each thing that is lacking, by name."""
        if self.outcome is Verdict.NO_TARGET and isinstance(self._own_value, Undefined):
            return self._own_value.reasons
        return self.judgement.reasons

    @cached_property
    def rounding_sensitive(self) -> bool:
        """Whether the exact number and the one shown give different verdicts."""
        other: Compared = "exact" if self.judge.display.compared == "shown" else "shown"
        return self.judge.compared(other).judge(self.rule, self.situation).verdict != self.outcome

    @property
    def notes(self) -> tuple[Note, ...]:
        """What to know beside the result: values that contradict each other or went unused."""
        from kpi.evaluation.notes import notes_on

        found = notes_on(self.judge, self.rule, self.situation, self.judgement)
        return (*self.further_notes, *(note for note in found if not (self.is_ratio and note.code == "no_share")))

    @property
    def clause(self) -> str | None:
        """The canonical text of the clause that decided; None where none could be chosen."""
        if self.rule is None or not self.judgement.checks:
            return None
        case = self.judgement.case
        if self.check is not None and self.check.counted:
            return canonical(self.rule)
        return canonical(case) if case else canonical(Rule(self.rule.requirements))

    # ── the numbers ──────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def value(self) -> Quantity | None:
        """What was compared."""
        number = self.check.value if self.check else self._own_value
        return self.display.quantity(number) if isinstance(number, Fraction) else None

    @property
    def target(self) -> Quantity | None:
        """What it was compared with."""
        number = self.check.target if self.check else None
        return self.display.quantity(number) if isinstance(number, Fraction) else None

    @property
    def margin(self) -> Quantity | None:
        """The signed distance to the target, positive is good; of shares in percentage points."""
        number = self.check.margin if self.check else None
        return None if number is None else self.display.difference(number)

    @property
    def relative_margin(self) -> Quantity | None:
        """The margin in percent of the target."""
        target = self.check.target if self.check else None
        if self.check is None or self.check.margin is None or not isinstance(target, Fraction) or not target:
            return None
        return Quantity(self.check.margin / abs(target) * 100, PERCENT, 1, signed=True)

    @property
    def attainment(self) -> Quantity | None:
        """Value ÷ target in percent; target ÷ value where lower is better. None for negative numbers."""
        if (
            self.check is None
            or not isinstance(self.check.value, Fraction)
            or not isinstance(self.check.target, Fraction)
        ):
            return None
        above, below = self.check.value, self.check.target
        if self.lower_is_better:
            above, below = below, above
        return percent(above / below) if above >= 0 and below > 0 else None

    @cached_property
    def whole_cases(self) -> Quantity | None:
        """The margin in whole units of the numerator, the denominator unchanged.

        Positive: how many can be lost (or added, where lower is better) with the target still met.
        Negative: how many more were needed (or were too many).
        None where there are no counts.
        """
        from kpi.evaluation.cases import whole_cases

        return whole_cases(self.check, self.judge, self.situation, self.vocabulary) if self.check else None

    # ── in context ───────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def pace(self) -> Pace:
        """What this point of the year called for, or why that cannot be told."""
        from kpi.evaluation.pace import pace

        return pace(self)

    @cached_property
    def national(self) -> National | None:
        """The nation's value on the same day, and the difference from it; None where it is not known."""
        from kpi.evaluation.national import national

        return national(self)

    @property
    def fragility(self) -> Fragility | None:
        """How few cases would have turned the verdict."""
        from kpi.evaluation.fragility import fragility

        return fragility(self)

    # ── why ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def why(self) -> Explanation:
        """The reasons as data."""
        from kpi.evaluation.explanation import Explanation

        return Explanation(self)

    def explain(self, language: Language = "en") -> str:
        """The reasons as text, in English (`en`) or Japanese (`ja`)."""
        return self.why.text(language)

    @property
    def proof(self) -> str | None:
        """The decisive comparison with its numbers put in, in the language itself."""
        found = self.substitution.proof(self.check) if self.check else None
        return canonical(found) if found else None

    def to_dict(self) -> dict[str, Any]:
        """The result for programs: numbers as exact decimal text, or `n/d` where no finite decimal exists."""
        return {
            "kpi": self.title.key,
            "outcome": str(self.outcome),
            "value": _exact(self.value),
            "target": _exact(self.target),
            "margin": _exact(self.margin),
            "unit": self.display.unit.name,
            "provisional": self.provisional,
            "as_of": self.as_of and self.as_of.isoformat(),
            "clause": self.clause,
            "rounding_sensitive": self.rounding_sensitive,
            "pace": self.pace.to_dict(),
            "national": None if self.national is None else self.national.to_dict(),
        }

    def _repr_html_(self) -> str:
        from kpi.evaluation.html import result_html

        return result_html(self, "ja")

    def __repr__(self) -> str:
        shown = [str(self.outcome), *(str(part) for part in (self.value, self.clause) if part is not None)]
        return f"<Result {self.title.key}: {'; '.join(shown)}>".replace(" : ", ": ")

    # ── the parts ────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def check(self) -> Check | None:
        """The check that decided."""
        return self.judgement.decisive

    @cached_property
    def display(self) -> Display:
        """How the compared numbers are shown: as the KPI says, or, for another quantity, as its unit does."""
        left = self.check.requirement.left if self.check else None
        if self.check is not None and self.check.counted:
            return Display(BRANCH)
        if self.check is None or left is None or isinstance(left, Reference):
            return self.judge.display
        return display_of(left, self.check.requirement, self.vocabulary)

    @property
    def lower_is_better(self) -> bool:
        """Whether the deciding requirement is an upper bound."""
        return self.check is not None and not self.check.counted and lower_is_better(self.check.requirement)

    @property
    def _own_value(self) -> Outcome:
        current = self.situation.current
        return self.judge.own_value(current, self.judge.environment(current, None, self.situation))

    @property
    def substitution(self) -> Substitution:
        """Puts the numbers of this result into expressions."""
        from kpi.evaluation.substitution import Substitution

        return Substitution(self.judge, self.situation, self.vocabulary)


def _exact(quantity: Quantity | None) -> str | None:
    return None if quantity is None else quantity.exact
