"""Aggregates in tables of observations: counted elsewhere, handed in by their canonical or Japanese text."""

from __future__ import annotations

from pathlib import Path

import pytest
from records import FORMULA, changed

import kpi
from kpi.catalogue import load_bytes
from kpi.observations.reading import read_observations
from kpi.templates.questions import forms

HEADER = "organisation,fiscal_year,period,quantity,value\n"
COUNTED = f"{FORMULA} / claims_paid"
MEAN = "mean(business_days(received, paid) of claims where countable)"


def catalogue(formula, unit='"%"', rule="= 100%", published="100％とする", direction="higher"):
    """The catalogue whose last KPI has another formula and rule, about which nothing else is said."""
    text = changed(
        ("direction: higher", f"direction: {direction}"),
        (f'formula: {COUNTED}\n    unit: "%"', f"formula: {formula}\n    unit: {unit}"),
        (
            'rule: "= 100%; count(claims where after_loss) <= 1 case when claims_paid <= 4 cases"',
            f'rule: "{rule}"',
        ),
        (
            "published: 100％とする。支給件数が4件以下の場合は件数（給付申請のうち資格喪失後）を1件以下とする",
            f"published: {published}",
        ),
    )
    return load_bytes(text.encode(), "catalog.yaml")


def result(catalog, *rows):
    """The result of the KPI on rows of a table."""
    table = HEADER + "".join(f"iwate,R3,{row}\n" for row in rows)
    observations, problems = read_observations(table.encode(), "data.csv", catalog.known)
    assert problems == []
    return catalog.plans["iwate-r3"]["paid_in_time"].evaluate(
        observations, catalog.organisations["iwate"], kpi.FiscalYear(2021)
    )


def test_names():
    """Aggregates of formulas and rules are known beside variables, each with its unit and its Japanese text."""
    known = load_bytes(changed().encode(), "catalog.yaml").known
    assert known.quantities[FORMULA].name == "case"
    assert known.called("件数(給付申請のうち 資格喪失後)") == ("count(claims where after_loss)",)
    assert known.vocabulary.variables[FORMULA].kind == "flow"


@pytest.mark.parametrize("name", [FORMULA, "件数(給付申請のうち 営業日数(受付日, 支払日) <= 10 かつ 評価対象)"])
def test_value(name):
    """An aggregate is handed in by either text, like any variable."""
    found = result(catalogue(COUNTED), f'year,"{name}",9', "year,claims_paid,10")
    assert (str(found.outcome), found.value.exact) == ("missed", "90")


def test_months_of_a_count_add_up():
    """Of a count, months make a year."""
    rows = [f'2021-{month:02},"{FORMULA}",3' for month in (4, 5)] + [
        f"2021-{month:02},claims_paid,4" for month in (4, 5)
    ]
    found = result(catalogue(COUNTED), *rows)
    assert (found.value.exact, found.as_of.isoformat()) == ("75", "2021-05-31")


class TestMean:
    CATALOG = catalogue(MEAN, "business_day", "<= 10 business days", "10営業日以内とする", "lower")

    def test_kind(self):
        """The months of a mean make no year."""
        assert self.CATALOG.known.vocabulary.variables[MEAN].kind == "stock"

    def test_year(self):
        """That of the year so far is taken as it is."""
        found = result(self.CATALOG, f'year,"{MEAN}",8.5')
        assert (str(found.outcome), found.value.exact) == ("achieved", "8.5")

    @pytest.mark.parametrize("period", ["2021-04", "2021-05", "2022-03", "2021-Q2", "下期"])
    def test_part_of_the_year(self, period):
        """That of a month or of a later quarter says nothing about the year."""
        found = result(self.CATALOG, f'{period},"{MEAN}",8.5')
        assert str(found.outcome) == "not_evaluable"

    @pytest.mark.parametrize("period", ["2021-Q1", "上期"])
    def test_from_april_on(self, period):
        """That of the first quarter or half is that of the year so far."""
        assert result(self.CATALOG, f'{period},"{MEAN}",8.5').value.exact == "8.5"

    def test_every_month(self):
        """A rule for every month looks at each."""
        catalog = catalogue(MEAN, "business_day", "<= 10 business days every month", "毎月10営業日以内とする", "lower")
        rows = [f'2021-{month:02},"{MEAN}",{value}' for month, value in ((4, 9), (5, 11))]
        assert str(result(catalog, *rows).outcome) == "missed"


def test_workbook():
    """A workbook asks for aggregates as well, by their Japanese text."""
    catalog = kpi.load_catalog(Path("docs/records/catalog.yaml"))
    (form,) = forms(catalog, catalog.plans["example-r3"])
    asked = {question.quantity: question.ja for group in form.groups for question in group.questions}
    assert asked["count(claims where usual_injury_allowance)"] == "件数(給付申請のうち 在職者傷病手当金)"
