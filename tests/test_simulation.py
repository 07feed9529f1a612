"""The generator of simulated claims in `benchmarks/`."""

from __future__ import annotations

import csv
import re
import runpy
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from simulation.answers import MEANINGS
from simulation.branches import SIZES
from simulation.files import SCHEMA
from simulation.generating import generate
from simulation.months import Simulation, write_month

import kpi
from kpi.periods.business_days import business_days, is_business_day

ROWS = 10_000
COMMAND = Path(__file__).parent.parent / "benchmarks" / "claims.py"

took = cache(business_days)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with claims and answers."""
    folder = tmp_path_factory.mktemp("claims")
    generate(folder, ROWS, 7)
    return folder


@pytest.fixture(scope="module")
def claims(folder):
    """The claims as records, as anybody reads them."""
    return [row for path in sorted((folder / "claims").iterdir()) for row in pq.read_table(path).to_pylist()]


def answers(folder, period):
    """The true answers, as written."""
    with (folder / "answers" / f"answers-simulated-by-{period}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def recounted(claims):
    """The same answers, by plain Python: a condition that is unknown holds as little as its contrary."""
    found = dict.fromkeys(MEANINGS, 0)
    members = set()

    def add(number=1, **conditions):
        (name, holds) = conditions.popitem()
        found[name] += number if holds else 0

    for claim in claims:
        paid, lost, amount = claim["paid"] is not None, claim["lost_qualification"], claim["amount"]
        days = took(claim["received"], claim["paid"]) if paid else None
        within = paid and days <= 10
        kept = claim["kind"] == "傷病手当金" and claim["voluntary_continuation"] is False and amount is not None
        members.add(claim["member"])
        add(claims=True)
        add(paid=paid)
        add(paid_within_10=within)
        add(days, business_days=paid)
        add(lost=lost)
        add(lost_unknown=lost is None)
        add(paid_not_lost=paid and lost is False)
        add(paid_within_10_not_lost=within and lost is False)
        add(paid_lost_unknown=paid and lost is None)
        add(paid_within_10_lost_unknown=within and lost is None)
        add(voluntary=claim["voluntary_continuation"])
        add(voluntary_unknown=claim["voluntary_continuation"] is None)
        add(returned=claim["returned"])
        add(amount, amount=amount is not None)
        add(amount_known=amount is not None)
        add(injury=claim["kind"] == "傷病手当金")
        add(injury_not_voluntary=kept)
        add(amount, injury_amount_not_voluntary=kept)
    return found | {"members": len(members)}


def grouped(claims, period):
    """The claims of each branch, and of the nation, in each period."""
    groups = defaultdict(list)
    for claim in claims:
        for branch in (claim["branch"], "national"):
            groups[branch, period(claim["received"])].append(claim)
    return groups


@pytest.mark.parametrize(
    ("name", "column", "period"),
    [
        ("month", "month", lambda day: f"{day:%Y-%m}"),
        ("year", "fiscal_year", lambda day: str(day.year - (day.month < 4))),
    ],
    ids=["month", "year"],
)
def test_true_answers(folder, claims, name, column, period):
    """Who counts the claims again comes to the answers, branch by branch and for the nation."""
    groups = grouped(claims, period)
    written = answers(folder, name)
    assert len(written) == 48 * len({row[column] for row in written})
    for row in written:
        counted = recounted(groups[row["branch"], row[column]])
        assert {key: int(row[key]) for key in counted} == counted, row
        groups.pop((row["branch"], row[column]))
    assert not groups


def test_outcomes(folder):
    """The language comes to the same outcomes from the counts."""
    prompt = kpi.parse("paid_within_10_not_lost / paid_not_lost = 100%")
    returned = kpi.parse("returned / claims <= prior year")
    mean_amount = kpi.parse(
        "injury_amount_not_voluntary / injury_not_voluntary <= 200,000;"
        " injury_amount_not_voluntary / injury_not_voluntary <= 210,000 when injury / claims >= 35%"
    )
    prior = {}
    seen = set()
    for row in answers(folder, "year"):
        counts = {name: int(row[name]) for name in MEANINGS}
        found = {
            "prompt": prompt.evaluate(counts).outcome,
            "returned": returned.evaluate(counts, prior=prior.get(row["branch"])).outcome,
            "mean_amount": mean_amount.evaluate(counts).outcome,
        }
        assert found == {name: row[f"{name}_outcome"] for name in found}
        seen |= set(found.items())
        prior[row["branch"]] = counts
    assert len(seen) == 7, "each KPI is achieved and missed somewhere, and the first year has no prior year"


def test_nothing_lost(claims):
    """All claims that were asked for are there, each once, in 47 branches."""
    assert [claim["claim_id"] for claim in claims] == list(range(1, ROWS + 1))
    assert {claim["branch"] for claim in claims} == set(SIZES)
    assert len(SIZES) == 47


def test_days(claims):
    """Claims come in and are paid on business days, none before it came in, and none after the as-of date."""
    days = {claim[name] for claim in claims for name in ("received", "paid")} - {None}
    assert all(is_business_day(day) for day in days)
    assert all(claim["paid"] >= claim["received"] for claim in claims if claim["paid"])
    assert f"{min(days)} {max(days)}" == "2020-04-01 2022-03-31"


def test_mondays_and_limits(claims):
    """Mondays are busier than Thursdays, and the tenth and eleventh business day both occur."""
    weekdays = [claim["received"].weekday() for claim in claims]
    assert weekdays.count(0) > 1.2 * weekdays.count(3)
    taken = [took(claim["received"], claim["paid"]) for claim in claims if claim["paid"]]
    assert min(taken) == 0
    assert taken.count(10) > 20
    assert taken.count(11) > 20


@pytest.mark.parametrize(
    ("column", "value", "share"),
    [
        ("amount", None, 0.005),
        ("lost_qualification", None, 0.02), ("lost_qualification", True, 0.025),
        ("voluntary_continuation", None, 0.01), ("voluntary_continuation", True, 0.06),
    ],
)  # fmt: skip
def test_stated_rates(folder, claims, column, value, share):
    """As much is unknown, or true, as the README says."""
    found = sum(claim[column] is value for claim in claims) / ROWS
    assert found == pytest.approx(share, rel=0.3)
    lines = (folder / "README.md").read_text(encoding="utf-8").splitlines()
    assert f"{share:.1%}" in next(line for line in lines if line.startswith(f"| `{column}` |"))


def test_says_that_it_is_simulated(folder):
    """Every file says that it is simulated: in its name, and in its metadata or text."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert [path.parent.name for path in files].count("claims") == 24
    for path in files:
        assert "simulated" in path.name or path.name == "README.md"
    metadata = [pq.read_metadata(path).metadata for path in files if path.suffix == ".parquet"]
    assert {(of[b"simulated"], "模擬データ" in of[b"notice"].decode()) for of in metadata} == {(b"true", True)}
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Simulated claims / 模擬データ\n")
    assert "seed 7" in readme


def test_readme_names_every_column(folder):
    """The README explains every column of the claims and of the answers."""
    named = set(re.findall(r"`(\w+)`", (folder / "README.md").read_text(encoding="utf-8")))
    columns = {name for period in ("month", "year") for name in answers(folder, period)[0]}
    assert set(SCHEMA.names) | columns <= named


def test_branches_stand_apart(folder):
    """A row group holds one branch, so that a reader who asks for one skips the others."""
    file = pq.ParquetFile(folder / "claims" / "claims-simulated-2021-04.parquet")
    place = SCHEMA.get_field_index("branch")
    groups = [file.metadata.row_group(number).column(place).statistics for number in range(file.num_row_groups)]
    assert all(group.min == group.max for group in groups)
    assert len({group.min for group in groups}) == len(groups) > 40


def contents(folder):
    """Every file by its path."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_seed(folder, tmp_path):
    """The seed decides every byte, however many processes take part; another seed gives other claims."""
    with ProcessPoolExecutor(2, get_context("spawn")) as workers:
        generate(tmp_path / "again", ROWS, 7, workers.map)
    assert contents(tmp_path / "again") == contents(folder)
    write_month(Simulation.plan(ROWS, 8), tmp_path / "other", 0)
    ((name, content),) = contents(tmp_path / "other").items()
    assert content != contents(folder)[Path("claims") / name]


def test_command(tmp_path):
    """The command says what it wrote, and where."""
    command = [sys.executable, COMMAND, "--rows", "1e3", "--processes", "1", tmp_path]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")  # noqa: S603  # our own command
    assert re.fullmatch(rf"1,000 simulated claims, [0-9.]+ MB, [0-9.]+ s in {tmp_path}\n", done.stdout), done.stderr


@pytest.mark.parametrize("rows", ["0.5", "-1"])
def test_command_refuses(rows, monkeypatch, capsys):
    """Half a claim, or less than none, cannot be drawn."""
    monkeypatch.setattr(sys, "argv", ["claims.py", f"--rows={rows}", "nowhere"])
    with pytest.raises(SystemExit, match="2"):
        runpy.run_path(str(COMMAND), run_name="__main__")
    assert f"found {rows}, expected a whole number" in capsys.readouterr().err
