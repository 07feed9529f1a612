"""Checking: names found, units agreed, and what is asked of formulas and rules."""

from __future__ import annotations

import pytest
from language import VOCABULARY, definition, rule

from kpi.formulas.checker import check_formula, check_rule, measure_name
from kpi.formulas.nodes import Comparison, Expression, names
from kpi.formulas.printer import canonical
from kpi.formulas.vocabulary import Vocabulary
from kpi.problems import Problem
from kpi.source import Source
from kpi.units import PURE, UNITS, Dimension, counting_unit

PERSON = UNITS["person"].dimension


def check(text: str, vocabulary: Vocabulary | None = VOCABULARY) -> tuple[Expression, Dimension | None, list[Problem]]:
    """A formula as checked, its dimension, and its problems."""
    checked, problems = check_formula(definition(text).formula, Source(text), vocabulary)
    return checked.expression, checked.measure, problems


def told(text: str, subject: Dimension | None = None) -> list[tuple[str, int]]:
    """The code and column of each problem of a rule."""
    _, problems = check_rule(rule(text), Source(text), VOCABULARY, subject)
    return [(problem.code, problem.column) for problem in problems]


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_labels_become_identifiers() -> None:
    """A variable called by its label is the variable."""
    found, _, problems = check("健診受診者数 / 加入者数")
    assert names(found) == ("checkups", "members")
    assert problems == []


def test_every_unknown_name_is_a_problem() -> None:
    """Each unknown variable is told at its place, with the nearest known names and words."""
    _, _, problems = check("checkup / (membrs + naional)")
    assert [(problem.code, problem.column, problem.suggestions[0]) for problem in problems] == [
        ("unknown-variable", 1, "checkups"),
        ("unknown-variable", 12, "members"),
        ("unknown-variable", 21, "national"),
    ]


def test_without_a_vocabulary_every_name_is_known() -> None:
    """Without a vocabulary a name is a variable of unknown unit, which agrees with every other."""
    assert check("anything + 3 yen - 2 cases * whatever", None)[2] == []


# ── units ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        pytest.param("checkups", PERSON, id="variable"),
        pytest.param("checkups / members", PURE, id="share"),
        pytest.param("checkups + members", PERSON, id="sum"),
        pytest.param("1 + checkups", PERSON, id="bare number takes the unit"),
        pytest.param("checkups - 3 persons", PERSON, id="number with unit"),
        pytest.param("expenses / checkups", (("person", -1), ("yen", 1)), id="quotient"),
        pytest.param("10 yen/person * checkups", (("yen", 1),), id="product"),
        pytest.param("max(checkups, members)", PERSON, id="call"),
        pytest.param("20%", PURE, id="percentage"),
        pytest.param("1,000 * 2", None, id="bare numbers"),
    ],
)
def test_formula_has_a_dimension(text: str, measure: Dimension | None) -> None:
    """The dimension of a formula follows from its variables; numbers without a unit have none of their own."""
    assert check(text)[1:] == (measure, [])


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("checkups + expenses", 1, "persons and yen cannot be added"),
        ("members - expenses", 1, "persons and yen cannot be subtracted"),
        ("1 yen / (checkups + 3 cases)", 10, "persons and cases cannot be added"),
        ("checkups + 20%", 1, "persons and a share cannot be added"),
        ("max(checkups, 3 cases)", 1, "persons and cases cannot be compared"),
        ("expenses / checkups + expenses", 1, "yen/person and yen cannot be added"),
    ],
)
def test_units_clash(text: str, column: int, message: str) -> None:
    """What measures different things is neither added nor compared."""
    ((problem,)) = check(text)[2]
    assert (problem.code, problem.column, problem.message) == ("unit-clash", column, message)


def test_unknown_unit() -> None:
    """An unknown unit is told with the nearest known ones, and clashes with nothing."""
    (problem,) = check("checkups + 3 presons")[2]
    assert (problem.code, problem.column, problem.suggestions[0]) == ("unknown-unit", 12, "persons")


def test_units_become_their_canonical_word() -> None:
    """A unit of the catalogue, however it is spelt, is found."""
    vocabulary = Vocabulary(units=UNITS.extended([counting_unit("tablet", "tablets", "錠")]))
    found, measure, problems = check("3錠 + 2 tablets", vocabulary)
    assert canonical(found) == "3 tablet + 2 tablet"
    assert (measure, problems) == ((("tablet", 1),), [])


@pytest.mark.parametrize("text", [">= prior year + 0.5 points", ">= prior year - 0.5ポイント", ">= 20% + 1 point"])
def test_points_beside_a_share_are_percentage_points(text: str) -> None:
    """0.5 points more than a share are percentage points."""
    found, problems = check_rule(rule(text), Source(text), VOCABULARY, PURE)
    assert problems == []
    assert canonical(found).endswith(" pp")


def test_points_beside_points_stay_points() -> None:
    """Points of a fee schedule are counted."""
    points = UNITS["point"].dimension
    found, problems = check_rule(rule(">= prior year + 3 points"), Source(""), None, points)
    assert (canonical(found), problems) == (">= prior year + 3 points", [])


@pytest.mark.parametrize(
    ("measure", "name"), [(PURE, "a share"), (PERSON, "persons"), ((("person", -1), ("yen", 1)), "yen/person")]
)
def test_dimension_in_a_message(measure: Dimension, name: str) -> None:
    """A dimension is called by the unit that has it."""
    assert measure_name(measure).en == name


# ── formulas ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "column"), [("prior year / members", 1), ("max(checkups, national)", 15), ("前年度（3人） + members", 1)]
)
def test_reference_in_a_formula(text: str, column: int) -> None:
    """A formula measures one time and place: it has no references."""
    assert [(problem.code, problem.column) for problem in check(text)[2]] == [("reference-in-formula", column)]


def test_division_by_the_number_zero() -> None:
    """A formula that could never be evaluated is a problem; a zero among the data is none."""
    assert [(problem.code, problem.column) for problem in check("checkups / 0.0")[2]] == [("division-by-zero", 12)]
    assert check("checkups / (members - members)")[2] == []


# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (">= 20%", PURE),
        (">= prior year (95.7%) and <= 100%", PURE),
        (">= 3 persons; checkups >= 1 person when members < 10; is done when checkups is done", PERSON),
        (">= 70% of prior year", PERSON),
        ("<= max(prior year, mean of 3 years, 3 persons)", PERSON),
        (">= 20%; >= prior year when prior year >= 80% and checkups >= prior year", PURE),
        (">= 7,000 yen", (("person", -1), ("yen", 1))),
        (">= 20%", None),
        (">= 20", PERSON),
    ],
)
def test_rule_that_makes_sense(text: str, subject: Dimension | None) -> None:
    """A target has the unit of what is compared; a reference has it of itself, and a bare number takes it."""
    assert told(text, subject) == []


@pytest.mark.parametrize(
    ("text", "subject", "problem"),
    [
        pytest.param(">= 20%", PERSON, ("unit-clash", 1), id="count and percentage"),
        pytest.param(">= 3 persons", PURE, ("unit-clash", 1), id="share and count"),
        pytest.param(">= prior year (3 persons)", PURE, ("unit-clash", 16), id="baseline"),
        pytest.param(">= prior year + 3 cases", PERSON, ("unit-clash", 4), id="sum with a reference"),
        pytest.param(">= 20%; checkups >= 3 yen when members < 3", PURE, ("unit-clash", 9), id="case"),
        pytest.param(">= 20%; >= 10% when members < 3 yen", PURE, ("unit-clash", 21), id="condition"),
        pytest.param(
            ">= 20%; >= 10% when checkups >= prior year (3%)", PURE, ("unit-clash", 45), id="baseline of another"
        ),
        pytest.param(
            ">= 3 and members + prior year >= 3", PERSON, ("reference-in-formula", 20), id="reference on the left"
        ),
        pytest.param("checkups >= 3", PURE, ("rule-of-another", 1), id="begins with another"),
        pytest.param(">= 20% / 0", PURE, ("division-by-zero", 10), id="division by zero"),
        pytest.param(">= membrs", PERSON, ("unknown-variable", 4), id="unknown name"),
    ],
)
def test_rule_that_makes_no_sense(text: str, subject: Dimension, problem: tuple[str, int]) -> None:
    """Each part of a rule is checked, and its problem stands where the part stands."""
    assert told(text, subject) == [problem]


def test_rule_repeats_its_formula_by_label() -> None:
    """Where a rule names the formula, by identifier or label, the KPI itself is compared."""
    formula, _, _ = check("checkups / members")
    found, problems = check_rule(
        rule(">= 20%; 健診受診者数 / 加入者数 >= 10% when checkups / members < 3%"),
        Source(""),
        VOCABULARY,
        PURE,
        formula=formula,
    )
    assert (canonical(found), problems) == (">= 20%; >= 10% when < 3%", [])


def test_rule_calls_the_kpi_by_its_name() -> None:
    """Where a rule calls the KPI by its own name, the KPI itself is compared."""
    text = "受診率 >= 20%; >= 10% when 受診率 < 3%"
    found, problems = check_rule(rule(text), Source(text), VOCABULARY, PURE, own_names=("受診率",))
    assert (canonical(found), problems) == (">= 20%; >= 10% when < 3%", [])


@pytest.mark.parametrize(
    ("text", "column"),
    [
        pytest.param(">= 20", 4, id="target"),
        pytest.param(">= prior year + 0.5", 17, id="added"),
        pytest.param(">= max(prior year, 20)", 20, id="in a call"),
        pytest.param(">= 20%; >= 10% when prior year >= 80", 35, id="reference in a condition"),
    ],
)
def test_share_is_compared_with_a_share(text: str, column: int) -> None:
    """A percentage compared with a bare 20 would be 2,000 %, so the unit must be written."""
    _, problems = check_rule(rule(text), Source(text), VOCABULARY, PURE, is_share=True)
    assert [(problem.code, problem.column) for problem in problems] == [("bare-target", column)]


@pytest.mark.parametrize("text", [">= 20%", ">= prior year * 2", ">= 20%; checkups >= 3 when members < 10"])
def test_bare_numbers_that_are_no_shares(text: str) -> None:
    """A factor, and a number that counts something else, need no unit."""
    assert check_rule(rule(text), Source(text), VOCABULARY, PURE, is_share=True)[1] == []


def test_a_name_is_never_the_kpi_itself() -> None:
    """No name, however odd, stands for the KPI itself."""
    found, _ = check_rule(rule(">= 1 and 「the KPI itself」 >= 2"), Source(""))
    requirement = found.requirements[1]
    assert isinstance(requirement, Comparison)
    assert requirement.left is not None
