"""Published figures with the expressions that should give them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kpi.audit.figures import Figure, load_figures
from kpi.errors import FormulaError
from kpi.formulas.parser import parse_definition
from kpi.source import Source
from kpi.units import NUMBER, PERCENT, UNITS

HEADER = "plan,document,section,page,what,expression,published,unit,approximate,erratum,note\n"


def figure(expression, written, unit=PERCENT, **more):
    """A figure that *expression* should give."""
    return Figure("plan", "source", "what", parse_definition(Source(expression))[0].formula, written, unit, **more)


def load(tmp_path, *rows):
    """The figures of a table."""
    path = tmp_path / "figures.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return load_figures(path)


class TestFigure:
    @pytest.mark.parametrize(
        ("written", "unit", "published", "decimals"),
        [
            ("19.2", PERCENT, Fraction(192, 1000), 1),
            ("0.0", PERCENT, Fraction(0), 1),
            ("100", PERCENT, Fraction(1), 0),
            ("-0.27", UNITS["pp"], Fraction(-27, 10000), 2),
            ("+1.7", UNITS["pp"], Fraction(17, 1000), 1),
            ("5977", NUMBER, Fraction(5977), 0),
        ],
    )
    def test_published(self, written, unit, published, decimals):
        """The printed number is read in its unit, with its sign and the decimals as printed."""
        found = figure("1 / 2", written, unit)
        assert (found.published, found.decimals) == (published, decimals)

    @pytest.mark.parametrize(
        ("expression", "numerator", "denominator"),
        [
            ("34861 / 181203", "34861", "181203"),
            ("(6414 + 124) / (36844 + 2067)", "6414 + 124", "36844 + 2067"),
            ("19.2% - 17.5%", "19.2% - 17.5%", None),
            ("21529 / 84036 - 32.9%", "21529 / 84036 - 32.9%", None),
        ],
    )
    def test_sides(self, expression, numerator, denominator):
        """A ratio has a part above and one below the line; anything else is one expression."""
        found = figure(expression, "1")
        assert (found.numerator, found.denominator) == (numerator, denominator)


class TestLoading:
    def test_reads_a_row(self, tmp_path):
        """A row gives the plan, the place in the document, the expression and what is printed."""
        (found,) = load(tmp_path, "a-r3,a-h1,Ⅰ（4）,7,査定率,0.180% + 0.164%,0.344,%,,,注")
        assert (found.plan, found.source, found.what) == ("a-r3", "a-h1, Ⅰ（4）, p. 7", "査定率")
        assert (found.written, found.unit, found.precision, found.erratum) == ("0.344", PERCENT, 0, None)

    def test_reads_what_is_optional(self, tmp_path):
        """The page may be missing, operands may be approximate, and an erratum may be named."""
        (found,) = load(tmp_path, "a-r3,a-h1,Ⅰ（6）,,回収率,256万 / 301万,84.93,%,10000,slip,")
        assert (found.source, found.precision, found.erratum) == ("a-h1, Ⅰ（6）", 10000, "slip")
        assert found.numerator == "2560000"

    def test_unit_without_a_factor(self, tmp_path):
        """A unit that the library does not know counts plainly."""
        (found,) = load(tmp_path, "a-r3,a-h1,Ⅰ,3,収入,107650 - 108697,-1047,億円,,,")
        assert (found.unit, found.published) == (NUMBER, -1047)

    def test_expression_that_cannot_be_read(self, tmp_path):
        """An expression with a mistake is told with the line of the table."""
        with pytest.raises(FormulaError) as raised:
            load(tmp_path, "a,a,a,1,率,1 / 2,50,%,,,", "a,a,a,1,率,1 / / 2,50,%,,,")
        assert "figures.csv:3" in str(raised.value)

    def test_shipped(self):
        """The shipped table has figures of every document, each with its place."""
        found = load_figures()
        assert len(found) >= 140
        assert {one.plan for one in found} >= {"iwate-r3", "national-r3", "miyagi-r2", "toyama-r7", "gunma-r3"}
        assert all(one.what and one.source for one in found)
