"""The names that formulas may use: variables with their unit and kind, and the units themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from kpi.units import UNITS, Unit, UnitTable

if TYPE_CHECKING:
    from kpi.likeness import Words

Kind = Literal["flow", "stock"]


def _as_unit(unit: Unit | str) -> Unit:
    return unit if isinstance(unit, Unit) else UNITS[unit]


@frozen
class Variable:
    """Something counted or measured.

    *unit* may be given by one of its spellings, `case` for example.
    *kind* says how months make a year: a *flow* adds up, of a *stock* the last value counts.
    *labels* are further Japanese names under which documents print it.
    """

    name: str
    unit: Unit = field(converter=_as_unit)
    ja: str = ""
    en: str = ""
    kind: Kind = "flow"
    labels: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """The name to show: Japanese, English, or the identifier where there is none."""
        return (self.ja if language == "ja" else self.en) or self.name


@frozen(slots=False)
class Vocabulary:
    """Variables by identifier, and units by every spelling."""

    variables: Mapping[str, Variable] = field(factory=dict)
    units: UnitTable = UNITS

    @classmethod
    def of(cls, variables: Iterable[Variable], units: UnitTable = UNITS) -> Vocabulary:
        """A vocabulary of *variables*."""
        return cls({variable.name: variable for variable in variables}, units)

    def find(self, name: str) -> Variable | None:
        """The variable with this identifier or label."""
        return self._by_name.get(name)

    def known_names(self) -> tuple[str, ...]:
        """Every identifier and label."""
        return tuple(self._by_name)

    def nearest(self, name: str) -> tuple[str, ...]:
        """The names, and words of the language, that are most like *name*."""
        return self._words.nearest(name)

    def label(self, name: str, language: str) -> str:
        """The name under which a variable is shown."""
        variable = self.variables.get(name)
        return variable.label(language) if variable else name

    @cached_property
    def _words(self) -> Words:
        from kpi.formulas.words import WORDS
        from kpi.likeness import Words  # needed only where something is wrong

        return Words.of((*self.known_names(), *WORDS))

    @cached_property
    def _by_name(self) -> dict[str, Variable]:
        by_label = {
            label: variable
            for variable in self.variables.values()
            for label in (variable.ja, *variable.labels)
            if label
        }
        return {**by_label, **self.variables}
