"""Recomputing published figures, and the command that does."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import kpi as library
from kpi.audit.audit import audit, unaccounted
from kpi.audit.figures import Figure, load_figures
from kpi.cli.commands import kpi
from kpi.formulas.evaluator import Environment, evaluate
from kpi.formulas.nodes import Name, Number, walk
from kpi.formulas.parser import parse_definition
from kpi.plans.erratum import Erratum
from kpi.quantities import fixed_text, read_value, round_to
from kpi.source import Source
from kpi.units import NUMBER, PERCENT, UNITS

PUBLISHED = Path(library.__file__).parent / "data" / "published.csv"


def figure(expression, written, unit=PERCENT, **more):
    """A figure of Iwate's plan that *expression* should give."""
    formula = parse_definition(Source(expression))[0].formula
    return Figure("iwate-r3", "source", "what", formula, written, unit, **more)


def audited(expression, written, unit=PERCENT, **more):
    """What the audit finds of one figure."""
    (found,) = audit([figure(expression, written, unit, **more)])
    return found


def erratum(key, kind):
    return Erratum(key, kind, None, "Ⅰ", "3", "率", "1.4%", "1.3%", "根拠。", "Evidence.")


class TestRounding:
    @pytest.mark.parametrize(
        ("expression", "written", "roundings"),
        [
            ("34861 / 181203", "19.2", ("half_up", "floor")),
            ("106744 / 179101", "59.6", ("half_up", "ceil")),
            ("6901 / 29427", "23.4", ("floor",)),
            ("6901 / 29427", "23.5", ("half_up", "ceil")),
            ("1 / 12", "8.4", ("ceil",)),
            ("11232 / 29952", "37.5", ("half_up", "floor", "ceil")),
            ("4332734 / 16619314", "17.5", ()),
            ("1 / 8", "12.5", ("half_up", "floor", "ceil")),
            ("1 / 8", "13", ("half_up", "ceil")),
            ("1 / 8", "12", ("floor",)),
        ],
    )
    def test_of_a_share(self, expression, written, roundings):
        """A figure is reproduced by those roundings that give what is printed, at the decimals printed."""
        assert audited(expression, written).reproduced_by == roundings

    @pytest.mark.parametrize(
        ("expression", "written", "unit"),
        [
            ("0.99% - 1.26%", "-0.27", UNITS["pp"]),
            ("19.2% - 17.5%", "+1.7", UNITS["pp"]),
            ("21529 / 84036 - 32.9%", "-7.3", UNITS["pp"]),
            ("107650 - 108697", "-1047", NUMBER),
            ("(107650 - 108697) / 108697", "-1.0", PERCENT),
            ("3 + 1 + 0 + 1 + 0 + 1", "6", NUMBER),
        ],
    )
    def test_of_differences_and_sums(self, expression, written, unit):
        """Differences and sums are recomputed in the printed unit, with their sign."""
        assert audited(expression, written, unit).finding == "reproduced"

    @given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
    def test_half_up_is_always_found(self, above, below, decimals):
        """Whatever a ratio is, it is reproduced by what it is rounded to, in each of the roundings."""
        for rounding in ("half_up", "floor", "ceil"):
            number = round_to(Fraction(above, below) * 100, decimals, rounding)
            assert rounding in audited(f"{above} / {below}", fixed_text(number, decimals)).reproduced_by


class TestUndefined:
    @pytest.mark.parametrize("expression", ["0 / 0", "3 / 0", "0 / (2 - 2)"])
    def test_has_no_value(self, expression):
        """What is divided by nothing has no value, whatever is printed."""
        found = audited(expression, "0.0")
        assert (found.recomputed, found.reproduced_by, found.finding) == (None, (), "unexplained")

    def test_with_approximate_operands(self):
        """Neither has it where the operands are approximate."""
        assert audited("0 / 0", "0.0", precision=Fraction(10)).finding == "unexplained"

    def test_nothing_of_something(self):
        """Nothing of something is 0 %."""
        assert audited("0 / 710", "0.0").finding == "reproduced"


class TestApproximate:
    @pytest.mark.parametrize("written", ["84.93", "84.75", "85.36", "85"])
    def test_possible(self, written):
        """A figure is possible where some numbers that round to the printed ones give it."""
        found = audited("256万 / 301万", written, precision=Fraction(10000))
        assert (found.reproduced_by, found.finding) == (("half_up",), "reproduced")

    @pytest.mark.parametrize("written", ["84.73", "85.37", "90", "17.5"])
    def test_impossible(self, written):
        """A figure that no such numbers give is not explained."""
        found = audited("256万 / 301万", written, precision=Fraction(10000))
        assert (found.reproduced_by, found.finding) == ((), "unexplained")

    def test_exact_operands_say_more(self):
        """The same figure is not what the printed operands give exactly."""
        assert audited("256万 / 301万", "84.93").finding == "unexplained"

    @pytest.mark.parametrize(
        ("expression", "written", "unit", "precision", "finding"),
        [
            ("84935 - 79870", "5066", NUMBER, 1, "reproduced"),
            ("84935 - 79870", "5067", NUMBER, 1, "unexplained"),
            ("10 * 20", "209", NUMBER, 1, "reproduced"),
            ("10 * 20", "220", NUMBER, 1, "unexplained"),
            ("max(10, 20)", "20", NUMBER, 1, "reproduced"),
            ("max(10, 20)", "11", NUMBER, 1, "unexplained"),
            ("min(10, 20)", "10", NUMBER, 1, "reproduced"),
            ("min(10, 20)", "19", NUMBER, 1, "unexplained"),
            ("12% - 10%", "3", UNITS["pp"], 1, "reproduced"),
            ("12% - 10%", "4", UNITS["pp"], 1, "unexplained"),
        ],
    )
    def test_other_operations(self, expression, written, unit, precision, finding):
        """Differences, products, calls and percentages have a range as well."""
        assert audited(expression, written, unit, precision=Fraction(precision)).finding == finding

    @given(st.integers(10**5, 10**7), st.integers(10**5, 10**7))
    def test_what_was_rounded_is_possible(self, above, below):
        """The share of two numbers is possible from the same numbers rounded to ten thousands."""
        shown = [int(round_to(Fraction(number, 10**4), 0)) for number in (above, below)]
        written = fixed_text(round_to(Fraction(above, below) * 100, 2), 2)
        found = audited(f"{shown[0]}万 / {shown[1]}万", written, precision=Fraction(10**4))
        assert found.finding == "reproduced"


class TestFinding:
    @pytest.mark.parametrize(
        ("written", "slip", "finding"),
        [
            ("8.3", None, "reproduced"),
            ("8.4", "rounded-up", "erratum"),
            ("8.4", None, "unexplained"),
            ("8.3", "rounded-up", "settled"),
        ],
    )
    def test_by_erratum(self, written, slip, finding):
        """A figure is reproduced, or an erratum tells why not; an erratum of a figure that is right is settled."""
        assert audited("1 / 12", written, erratum=slip).finding == finding

    def test_record(self):
        """The record for programs has exact numbers as text, and exactly these fields."""
        assert audited("1 / 12", "8.4", erratum="rounded-up").to_dict() == {
            "plan": "iwate-r3",
            "source": "source",
            "what": "what",
            "numerator": "1",
            "denominator": "12",
            "published": "8.4",
            "recomputed": "25/3",
            "reproduced_by": ["ceil"],
            "erratum": "rounded-up",
            "unit": "%",
            "finding": "erratum",
        }

    def test_record_of_what_has_no_value(self):
        """Without a value nothing was recomputed; without a line there is no denominator."""
        assert audited("0 / 0", "0").to_dict()["recomputed"] is None
        record = audited("3 + 1", "4", NUMBER).to_dict()
        assert (record["numerator"], record["denominator"], record["recomputed"]) == ("3 + 1", None, "4")
        assert record["erratum"] is None


class TestUnaccounted:
    @pytest.mark.parametrize(
        ("errata", "named", "loose"),
        [
            ([], [], ()),
            ([("a", "figure")], ["a"], ()),
            ([("a", "undefined")], ["a", "a"], ()),
            ([("b", "figure"), ("a", "undefined")], [], ("a", "b")),
            ([("a", "label"), ("b", "contradiction")], [], ()),
            ([("a", "label")], ["a"], ()),
            ([], ["b", "a"], ("a", "b")),
            ([("a", "figure")], ["b"], ("a", "b")),
        ],
    )
    def test_both_ways(self, errata, named, loose):
        """Errata of figures that no figure names, and names of no erratum, are loose."""
        figures = [figure("1 / 12", "8.4"), *(figure("1 / 12", "8.4", erratum=name) for name in named)]
        assert unaccounted({key: erratum(key, kind) for key, kind in errata}, figures) == loose


@pytest.fixture
def run(monkeypatch):
    """Runs the command in English with other figures; gives its exit code, answer and errors."""
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments, figures=None, errata=()):
        if figures is not None:
            catalog = evolve(library.load_catalog(), errata={one.key: one for one in errata})
            monkeypatch.setattr("kpi.cli.auditing.load_figures", lambda: tuple(figures))
            monkeypatch.setattr("kpi.cli.auditing.load_catalog", lambda _path: catalog)
            monkeypatch.setattr("kpi.cli.auditing.load_published", lambda: library.Observations(()))
        found = CliRunner().invoke(kpi, ["audit", *arguments])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found.exit_code, found.stdout, found.stderr

    return run


RIGHT = figure("1 / 12", "8.3")
SLIP = figure("1 / 12", "8.4", erratum="rounded-up")
WRONG = figure("1 / 12", "8.4")
SETTLED = figure("1 / 12", "8.3", erratum="rounded-up")
ROUNDED_UP = erratum("rounded-up", "figure")


class TestCommand:
    def test_everything_reproduces(self, run):
        """Where all figures reproduce, the command says how many and ends well."""
        assert run(figures=[RIGHT, RIGHT]) == (0, "2 of 2 figures reproduced\n", "")

    def test_erratum(self, run):
        """A figure with an erratum is shown with operands, value, rounding and evidence, and the command ends well."""
        code, text, _ = run(figures=[RIGHT, SLIP], errata=[ROUNDED_UP])
        assert code == 0
        assert all(part in text for part in ("1 / 12", "8.4%", "8.333%", "rounded up", "Evidence."))
        assert "1 of 2 figures reproduced" in text

    def test_in_japanese(self, run):
        """The same is told in Japanese."""
        code, text, _ = run("--lang", "ja", figures=[RIGHT, SLIP], errata=[ROUNDED_UP])
        assert code == 0
        assert all(part in text for part in ("切り上げ", "根拠。", "2 件のうち 1 件が再現"))

    @pytest.mark.parametrize(
        ("figures", "errata"),
        [
            ([RIGHT, WRONG], []),
            ([SETTLED], [ROUNDED_UP]),
            ([RIGHT], [ROUNDED_UP]),
            ([SLIP], []),
        ],
        ids=["unexplained", "settled", "erratum without figure", "name of no erratum"],
    )
    @pytest.mark.parametrize("form", ["text", "json"])
    def test_fails(self, run, figures, errata, form):
        """An unexplained or settled figure, and an erratum that goes with none, end the command with 1."""
        assert run("--format", form, figures=figures, errata=errata)[0] == 1

    def test_what_is_loose_is_named(self, run):
        """An erratum without its figure is named."""
        assert "rounded-up" in run(figures=[RIGHT], errata=[ROUNDED_UP])[1]

    def test_what_has_no_value(self, run):
        """A figure without a value shows a dash."""
        _, text, _ = run(figures=[figure("0 / 0", "0.0", erratum="a")], errata=[erratum("a", "undefined")])
        assert "–" in text

    def test_json(self, run):
        """JSON gives every figure, reproduced or not, in the order of the table."""
        code, text, _ = run("--format", "json", figures=[RIGHT, SLIP], errata=[ROUNDED_UP])
        assert code == 0
        assert json.loads(text) == [found.to_dict() for found in audit([RIGHT, SLIP])]

    def test_one_plan(self, run):
        """Only the figures of one plan are shown where a plan is named."""
        other = Figure("miyagi-r2", "s", "w", RIGHT.expression, "8.3", PERCENT)
        _, text, _ = run("--plan", "iwate-r3", "--format", "json", figures=[RIGHT, other])
        assert [row["plan"] for row in json.loads(text)] == ["iwate-r3"]

    def test_unknown_plan(self, run):
        """A plan that does not exist ends with 2 and names the nearest."""
        code, _, errors = run("--plan", "iwate-r4", figures=[RIGHT])
        assert code == 2
        assert "iwate-r3" in errors


@pytest.fixture(scope="module")
def catalog():
    return library.load_catalog()


def rates(catalog):
    """The KPI rates that are printed with the counts they are made of, at one organisation, year, period and date."""
    observed = defaultdict(dict)
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = tuple(row[name] for name in ("organisation", "fiscal_year", "period", "as_of"))
            observed[place][row["quantity"]] = row["value"]
    for place, values in observed.items():
        for key, found in catalog.kpis.items():
            names = {node.name for node in walk(found.formula.expression) if isinstance(node, Name)}
            if key in values and len(names) > 1 and names <= values.keys():
                yield (*place, key), found, values[key], {name: read_value(values[name]).number for name in names}


def numbers(expression):
    """The numbers in an expression, in whatever order."""
    return sorted(node.value for node in walk(expression) if isinstance(node, Number))


class TestShipped:
    def test_catalogue_is_clean(self):
        """The shipped catalogue has no problem."""
        assert [problem.render() for problem in library.check()] == []

    def test_every_finding_is_explained(self):
        """Every shipped figure is what its operands give, or an erratum says why not."""
        told = {(found.finding, found.figure.plan, found.figure.what) for found in audit(load_figures())}
        assert {finding for finding in told if finding[0] not in {"reproduced", "erratum"}} == set()

    def test_nothing_is_loose(self, catalog):
        """Figures and errata name each other."""
        assert unaccounted(catalog.errata, load_figures()) == ()

    @pytest.mark.parametrize("plan", [(), ("--plan", "iwate-r3"), ("--plan", "miyagi-r2")])
    def test_command_ends_well(self, run, plan):
        """So the command ends with 0, for all plans and for each."""
        code, text, errors = run(*plan)
        assert (code, errors) == (0, "")
        assert "figures reproduced" in text

    def test_rates_with_counts(self, catalog):
        """A KPI rate that is printed with its counts is what they give half up, or a figure tells of it."""
        known = {(found.figure.published, *numbers(found.figure.expression)): found for found in audit(load_figures())}
        untold = []
        compared = 0
        for place, of, written, operands in rates(catalog):
            compared += 1
            value = evaluate(of.formula.expression, Environment(operands))
            per, decimals = of.formula.unit.per, len(written.partition(".")[2])
            published = read_value(written).number
            figure_of_it = known.get((published / per, *sorted(operands.values())))
            if figure_of_it is not None:
                assert figure_of_it.finding in {"reproduced", "erratum"}, place
            elif not isinstance(value, Fraction) or round_to(value * per, decimals) != published:
                untold.append((place, written))
        assert untold == []
        assert compared >= 25


def test_denominator_that_may_be_nothing():
    """Where an approximate denominator may be 0, every printed value is possible."""
    (row,) = audit([figure("3 / 1", "12.5", precision=Fraction(4))])
    assert row.finding == "reproduced"
