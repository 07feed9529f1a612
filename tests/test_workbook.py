"""The workbook: what LibreOffice calculates from its formulas is what the library found, at every boundary as well."""

from __future__ import annotations

import random
from fractions import Fraction
from math import ceil

import pytest
from installed import needs_libreoffice
from workbooks import calculated, inputs_of, report_of, rows_of, sheets_of, without_values

import kpi
from kpi.evaluation.decision import Verdict
from kpi.evaluation.labels import MARKS
from kpi.evaluation.wording import WORDS
from kpi.reports.report import Report
from kpi.reports.workbook import as_workbook

PLANS = ("iwate-r3", "national-r3", "miyagi-r2")
SHARES = {"share": (">= 59.6%", Fraction("0.596")), "upper": ("<= 13.4%", Fraction("0.134")), "all": ("= 100%", 1)}
"""Rules on a / b, with the targets at which they turn."""


@pytest.fixture(scope="module")
def catalog():
    return kpi.load_catalog()


@pytest.fixture(scope="module")
def reports(catalog):
    published = kpi.load_published()
    return {key: Report.of(catalog.plans[key], published, catalog) for key in PLANS}


def verdict_text(verdict):
    return f"{MARKS[verdict]} {WORDS['ja'][verdict]}"


def assert_agrees(row, result):
    """A row of the sheet, as it was calculated, says what the *result* says."""
    assert row["verdict"] == row["computed verdict"] == verdict_text(result.outcome), result
    assert (row["value"] or None) == (None if result.value is None else float(result.value.shown) or None), result
    for name in ("value", "target", "margin"):
        assert (row[name] or None) == (row[f"computed {name}"] or None), (name, result)
    if result.margin is not None:
        assert row["margin"] == pytest.approx(float(result.margin), abs=0.5 * 10**-result.margin.decimals + 1e-9), (
            result
        )
    assert row["agrees"] == "○", result


# ── what the file says before anybody calculates ─────────────────────────────────────────────────────────────────────


class TestFile:
    @pytest.mark.parametrize("plan", PLANS)
    def test_every_kpi_has_formulas(self, reports, plan):
        """All KPIs with results are stated as formulas over the inputs, also those that are not evaluable."""
        sheet = sheets_of(as_workbook(reports[plan], "ja")).worksheets[0]
        verdicts = [sheet[f"H{row}"].value for row in range(6, sheet.max_row + 1) if sheet[f"M{row}"].value]
        assert len(verdicts) == len(reports[plan].card)
        assert all(formula.startswith("=IF(COUNTIF('入力'!") for formula in verdicts)

    def test_values_are_there_before_calculation(self, reports):
        """Programs that only show a file show what was computed."""
        file = as_workbook(reports["iwate-r3"], "ja")
        from io import BytesIO

        from openpyxl import load_workbook

        rows = rows_of(load_workbook(BytesIO(file), data_only=True))
        for line in reports["iwate-r3"].lines:
            assert_agrees(rows[line.entry.kpi.ja], line.result)

    def test_sheets(self, reports):
        """Results, inputs, errata and sources, and how to read it: in one language."""
        japanese, english = (sheets_of(as_workbook(reports["iwate-r3"], language)) for language in ("ja", "en"))
        assert japanese.sheetnames == ["判定", "入力", "正誤と出典", "読み方"]
        assert english.sheetnames == ["Results", "Inputs", "Errata and sources", "How to read"]

    def test_verdict_formula_compares_whole_numbers(self, reports):
        """A share is never divided before it is compared."""
        sheet = sheets_of(as_workbook(reports["iwate-r3"], "ja")).worksheets[0]
        (formula,) = [
            sheet[f"H{row}"].value for row in range(6, 40) if sheet[f"A{row}"].value == "生活習慣病予防健診受診率"
        ]
        assert "1000*'入力'!$C$21>=ROUND('入力'!$C$23*10,0)*'入力'!$C$22" in formula
        assert "/" not in formula

    def test_what_no_formula_states(self):
        """A rule for each month has no formula, and the sheet says so instead of showing one."""
        formula = kpi.parse("posts >= 1 every month")
        result = formula.evaluate({"posts": [1, 0, 2]})
        rows = rows_of(sheets_of(as_workbook(report_of([(formula, result)]), "en")))
        row = rows["KPI 1"]
        assert [row[key] for key in ("value", "target", "margin", "verdict", "agrees")] == ["–"] * 5
        assert row["computed verdict"] == "× missed"
        assert row["note"].startswith("The rule is for each month")

    def test_what_does_not_apply(self):
        """What does not apply is no number, and no formula stands for it."""
        formula = kpi.parse("a / b >= 20%")
        result = formula.evaluate({"a": "該当なし", "b": "該当なし"})
        row = rows_of(sheets_of(as_workbook(report_of([(formula, result)]), "en")))["KPI 1"]
        assert (row["verdict"], row["computed verdict"], row["agrees"]) == ("–", "– not applicable", "–")

    @pytest.mark.parametrize(
        ("inputs", "note"),
        [({"a": 10**15, "b": 10**15}, "Its numbers need"), ({"a": 1, "b": -3}, "It divides by a negative"), ({"a": Fraction(1, 3), "b": 1}, "A number has no end")],
        ids=["large", "negative denominator", "endless"],
    )  # fmt: skip
    def test_what_no_spreadsheet_calculates(self, inputs, note):
        """Numbers of more digits than a spreadsheet keeps are not calculated, and the verdict is that of the library."""
        formula = kpi.parse("a / b >= 20%")
        row = rows_of(sheets_of(as_workbook(report_of([(formula, formula.evaluate(inputs))]), "en")))["KPI 1"]
        assert (row["verdict"], row["agrees"]) == ("–", "–")
        assert row["computed verdict"] in ("○ achieved", "× missed")
        assert row["note"].startswith(note)


# ── what LibreOffice calculates ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def rows(reports, tmp_path_factory):
    """The results of each plan as LibreOffice calculates them."""
    folder = tmp_path_factory.mktemp("plans")
    files = [without_values(as_workbook(report, "ja"), folder / f"{key}.xlsx") for key, report in reports.items()]
    return {key: rows_of(book) for key, book in calculated(files, folder / "out").items()}


@needs_libreoffice
class TestCalculated:
    @pytest.mark.parametrize("plan", PLANS)
    def test_published_plans(self, reports, rows, plan):
        """All values, targets, margins and verdicts of the three plans with results are those of the library."""
        for line in reports[plan].lines:
            assert_agrees(rows[plan][line.entry.kpi.ja], line.result)
        assert len(rows[plan]) == len(reports[plan].card)

    def test_boundaries(self, tmp_path):
        """Targets hit exactly and one unit to either side, zeros, blanks, large and many-digit numbers, every kind of rule."""
        results = [*_boundaries(random.Random(20211128))]  # noqa: S311  # the same cases each time
        assert len(results) > 200
        assert {result.outcome for _, result in results} == set(Verdict) - {Verdict.NOT_APPLICABLE}
        file = without_values(as_workbook(report_of(results), "ja"), tmp_path / "boundaries.xlsx")
        rows = rows_of(calculated([file], tmp_path / "out")["boundaries"])
        for number, (_, result) in enumerate(results, 1):
            assert_agrees(rows[f"指標{number}"], result)

    def test_inputs_can_be_changed(self, reports, tmp_path):
        """Whoever changes an input sees the verdict of the changed input, whichever clause it leads to."""
        line = next(line for line in reports["iwate-r3"].lines if line.entry.kpi.key == "single_bid_share")
        formula = line.entry.formula
        cases = [(0, 0), (1, 4), (2, 4), (1, 5), (2, 5), (0, 5), (2, 10), (3, 10), (None, 5), (1, None)]
        data = as_workbook(report_of([(formula, line.result)] * len(cases)), "ja")
        changes = {}
        for cells, (single, tenders) in zip(inputs_of(sheets_of(data)).values(), cases, strict=True):
            changes |= {cells["一者応札件数"]: single, cells["一般競争入札件数"]: tenders}
        file = without_values(data, tmp_path / "changed.xlsx", changes)
        rows = rows_of(calculated([file], tmp_path / "out")["changed"])
        for row, (single, tenders) in zip(rows.values(), cases, strict=True):
            expected = formula.evaluate({"single_bid_tenders": single, "open_tenders": tenders})
            assert row["verdict"] == verdict_text(expected.outcome), (single, tenders)
            if expected.value is not None and tenders is not None and single is not None:
                assert (row["unit"], row["value"]) == (expected.value.unit.ja, float(expected.value.shown))
                assert row["margin"] == float(expected.margin.shown)
            assert row["agrees"] == ("○" if (single, tenders) == (0, 5) else "×")

    def test_inputs_that_do_not_fit(self, reports, tmp_path):
        """What cannot be calculated exactly is marked and decides nothing: texts, further decimals, too large numbers."""
        line = next(line for line in reports["iwate-r3"].lines if line.entry.kpi.key == "lifestyle_checkup_rate")
        count, size, target = "40歳以上の受診者数（被保険者）", "40歳以上の被保険者数", "目標: 59.6%以上"
        cases = [(count, "多数"), (count, 34861.5), (count, 10**13), (size, -1), (target, 59.65), (target, 19.2)]
        data = as_workbook(report_of([(line.entry.formula, line.result)] * len(cases)), "ja")
        changed = zip(inputs_of(sheets_of(data)).values(), cases, strict=True)
        changes = {cells[label]: number for cells, (label, number) in changed}
        file = without_values(data, tmp_path / "unfit.xlsx", changes)
        book = calculated([file], tmp_path / "out")["unfit"]
        verdicts = [row["verdict"] for row in rows_of(book).values()]
        assert verdicts == [verdict_text(Verdict.NOT_EVALUABLE)] * 5 + [verdict_text(Verdict.ACHIEVED)]
        marks = [book.worksheets[1][cell.replace("C", "E")].value for cell in changes]
        assert marks == ["×"] * 5 + ["○"]


def _boundaries(rng):
    """Formulas with results at their targets and beside them."""
    for rule, target in SHARES.values():
        formula = kpi.parse(f"a / b {rule}")
        for size in (0, 1, 250, 90_909_090_900, *(rng.randrange(1, 10**10) for _ in range(4))):
            for step in (-1, 0, 1):
                yield formula, formula.evaluate({"a": max(ceil(target * size) + step, 0), "b": size})
    yield from _cases()
    yield from _rounded(rng)
    yield from _references(rng)
    yield from _others()


def _cases():
    """A rule by cases whose clauses compare things of different units."""
    tenders = kpi.parse("a / b <= 20%; a <= 1 case when b <= 4 cases")
    for single in (0, 1, 2, None):
        for every in (0, 4, 5, 10, None):
            yield tenders, tenders.evaluate({"a": single, "b": every})


def _rounded(rng):
    """Rules that compare what is shown, in every rounding; and values that lie at a tie or beside it."""
    for rounding in ("half_up", "half_even", "floor", "ceil"):
        for compared in ("shown", "exact"):
            formula = kpi.parse("a / b >= 59.6%", decimals=1, rounding=rounding, compared=compared)
            for above in (59_549, 59_550, 59_551, 59_599, 59_600, 59_601, 59_649, 59_650, 59_651):
                yield formula, formula.evaluate({"a": above, "b": 100_000})
    plain = kpi.parse("a / b >= 1%", decimals=2)
    for _ in range(12):
        size = 2 * 10 ** rng.randrange(3, 9)
        yield plain, plain.evaluate({"a": rng.randrange(size), "b": size})


def _references(rng):
    """Last year in counts, as a rate and as stated; shares of it, points above it, the larger of two."""
    rules = (
        ">= prior year",
        "<= 70% of prior year",
        ">= prior year + 0.5 points",
        ">= max(prior year, mean of 2 years)",
    )
    for rule in rules:
        formula = kpi.parse(f"a / b {rule}")
        for _ in range(4):
            size, other = rng.randrange(2, 40_000), rng.randrange(2, 40_000)
            above, before = rng.randrange(size), rng.randrange(other)
            earlier = {"a": rng.randrange(other), "b": other}
            given = {"a": above, "b": size}
            references = {"FY2019": earlier}
            year = {"fiscal_year": "FY2021", "references": references}
            yield formula, formula.evaluate(given, prior={"a": before, "b": other}, **year)
            yield formula, formula.evaluate(given, baseline=f"{above * 100 / size:.1f}%", **year)
        yield (
            formula,
            formula.evaluate({"a": 3, "b": 7}, prior={"a": 3, "b": 7}, fiscal_year="FY2021", references=references),
        )
        yield formula, formula.evaluate({"a": 3, "b": 7})


def _others():
    """Counts, sums, durations, what is done, bands, rates that were published, and what has no target."""
    counts = kpi.parse("a + b - c >= 57,000 workplaces")
    for more in (-1, 0, 1):
        yield counts, counts.evaluate({"a": 30_000 + more, "b": 28_000, "c": 1_000})
    days = kpi.parse("days <= 7 days", decimals=2)
    for given in ("6.99", "7", "7.00", "7.01", None):
        yield days, days.evaluate({"days": given})
    done = kpi.parse("posts is done")
    for given in (0, 1, 2, None):
        yield done, done.evaluate({"posts": given})
    band = kpi.parse("a / b >= 10% and <= 20%")
    for above in (99, 100, 150, 200, 201):
        yield band, band.evaluate({"a": above, "b": 1_000})
    scaled = kpi.parse("1,000 * a / b <= 3.5", decimals=2)
    for above in (34, 35, 36):
        yield scaled, scaled.evaluate({"a": above, "b": 10_000})
    rate = kpi.parse("a / b >= 0.318%", decimals=3)
    for value in ("0.317%", "0.318%", "0.319%"):
        yield rate, rate.evaluate(value=value)
    money = kpi.parse("a / b >= 70.57%", decimals=2)
    for above in (7_057 * 10**5 - 1, 7_057 * 10**5, 7_057 * 10**5 + 1):
        yield money, money.evaluate({"a": above, "b": 10**9})
    open_end = kpi.parse("a / b")
    yield open_end, open_end.evaluate({"a": 1, "b": 3})
