"""The SQL written by hand that `benchmarks/` compares with, and the calendar in it."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import duckdb
import pytest
from claims_by_hand import ANSWERS, FORMS, distinct_members, hand_written, main, make_calendar, true_answers
from simulation.generating import generate

from kpi.periods.business_days import business_days


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with claims and answers."""
    folder = tmp_path_factory.mktemp("claims")
    generate(folder, 10_000, 11)
    return folder


@pytest.fixture
def connection():
    """A database in memory."""
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize("form", FORMS)
def test_true_answers(connection, folder, form):
    """Counts and outcomes of 47 branches in two years are those that were counted while the claims were drawn."""
    found = hand_written(connection, folder, form)
    assert found == true_answers(folder, ANSWERS)
    assert len(found) == 94


def test_distinct_members(connection, folder):
    """So are the distinct members."""
    assert distinct_members(connection, folder) == true_answers(folder, ["members"])


def test_other_answers(connection, folder):
    """A claim more or less is seen: the comparison is not between empty things."""
    (path, *_) = sorted((folder / "claims").iterdir())
    content = path.read_bytes()
    path.unlink()
    try:
        assert hand_written(connection, folder) != true_answers(folder, ANSWERS)
    finally:
        path.write_bytes(content)


@pytest.mark.parametrize("first", ["2020-04-28", "2020-12-24", "2021-07-16", "2022-03-18"])
def test_calendar(connection, first):
    """The calendar in SQL counts the business days that the library counts, and its last day is the last of ten."""
    make_calendar(connection)
    calendar = {
        day: (number, last)
        for day, number, last in connection.execute("SELECT day, number, last_day FROM calendar").fetchall()
    }
    start = date.fromisoformat(first)
    for received in (start + timedelta(days=days) for days in range(20)):
        number, last = calendar[received]
        for paid in (received + timedelta(days=days) for days in range(30)):
            assert calendar[paid][0] - number == business_days(received, paid)
            assert (paid <= last) == (business_days(received, paid) <= 10)


@pytest.mark.parametrize("form", [*FORMS, "members"])
def test_command(folder, form, monkeypatch, capsys):
    """The command says what it took, and whether the answers are true."""
    monkeypatch.setattr(sys, "argv", ["claims_by_hand.py", str(folder), "--form", form, "--rounds", "1"])
    main()
    printed = capsys.readouterr().out
    assert printed.startswith(f"{form}: ")
    assert printed.endswith("MiB\nequal to the true answers\n")


def test_command_with_other_answers(folder, monkeypatch, capsys):
    """Answers that are not true end the command with an error."""
    monkeypatch.setattr(sys, "argv", ["claims_by_hand.py", str(folder), "--rounds", "1"])
    monkeypatch.setattr("claims_by_hand.ANSWERS", ("claims",))
    with pytest.raises(SystemExit, match="not the true answers"):
        main()
    assert capsys.readouterr().out.startswith("last day: ")
