"""The commands of the command line, one by one."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from spreadsheets import csv_text, workbook

import kpi as library
from kpi.cli.commands import kpi

DATA = Path(__file__).parent / "data"
SOUND = str(DATA / "catalogues" / "sound.yaml")
SOUND_WITH_RECORDS = str(DATA / "catalogues" / "sound_with_records.yaml")
BROKEN = str(DATA / "catalogues" / "broken" / "five_mistakes.yaml")
COUNTS = str(DATA / "cli" / "counts.csv")
SMALL = ("--catalog", SOUND, "--data", COUNTS)


@pytest.fixture
def run(monkeypatch):
    """Runs a command in English, whatever the machine speaks; gives its exit code, answer and errors."""
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments):
        found = CliRunner().invoke(kpi, [*map(str, arguments)])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found.exit_code, found.stdout, found.stderr

    return run


def as_json(answer):
    """The answer of a command that ended well, read as JSON."""
    code, text, errors = answer
    assert (code, errors) == (0, "")
    return json.loads(text)


class TestHelp:
    @pytest.mark.parametrize("command", [[], ["check"], ["list"], ["show"], ["evaluate"], ["explain"]])
    @pytest.mark.parametrize("option", ["-h", "--help"])
    def test_help(self, run, command, option):
        """The program and each of its commands explain themselves."""
        code, text, _ = run(*command, option)
        assert code == 0
        assert text.startswith("Usage: ")

    @pytest.mark.parametrize("command", ["check", "list", "show", "evaluate", "explain"])
    def test_common_options(self, run, command):
        """Every command can answer in JSON and in Japanese, and look at another catalogue."""
        _, text, _ = run(command, "--help")
        assert all(option in text for option in ("--format [text|json", "--catalog PATH", "--lang [en|ja]"))

    @pytest.mark.parametrize(
        "arguments", [["frobnicate"], ["evaluate"], ["show"], ["list", "--format", "xml"], ["explain", "iwate-r3"]]
    )
    def test_usage(self, run, arguments):
        """A wrong use is told with exit code 2."""
        code, text, errors = run(*arguments)
        assert (code, text) == (2, "")
        assert "Error: " in errors


class TestCheck:
    def test_shipped(self, run):
        """The shipped catalogue has no problem, and what it holds is told."""
        code, text, errors = run("check")
        assert (code, errors) == (0, "")
        assert re.fullmatch(r"catalog\.yaml: no problems; plans: \d+, entries: \d+, KPIs: \d+, variables: \d+\n", text)

    @pytest.mark.parametrize("arguments", [[SOUND], ["--catalog", SOUND]])
    def test_another(self, run, arguments):
        """Another catalogue is named as argument or as option."""
        assert run("check", *arguments) == (
            0,
            f"{SOUND}: no problems; plans: 1, entries: 2, KPIs: 2, variables: 3\n",
            "",
        )

    def test_named_twice(self, run):
        """Not as both."""
        code, _, errors = run("check", SOUND, "--catalog", BROKEN)
        assert code == 2
        assert "named twice" in errors

    def test_problems(self, run):
        """Every problem is printed with its line of the file, and exit code 1 tells that there are some."""
        code, text, errors = run("check", BROKEN)
        assert (code, errors) == (1, "")
        assert text == "".join(f"{problem.render()}\n" for problem in library.check(BROKEN)) + "5 problems\n"

    def test_one_problem(self, run):
        """One problem is one problem."""
        assert run("check", DATA / "catalogues" / "broken" / "unknown_key.yaml")[1].endswith("\n1 problem\n")

    def test_in_japanese(self, run):
        """Problems and their absence are told in Japanese as well."""
        _, text, _ = run("check", BROKEN, "--lang", "ja")
        assert "変数「costs」は定義されていません。もしかして 「cost」" in text
        assert text.endswith("\n5 件の問題\n")
        assert run("check", SOUND, "--lang", "ja")[1] == f"{SOUND}: 問題なし; 計画: 1, 項目: 2, KPI: 2, 変数: 3\n"

    def test_json(self, run):
        """For programs problems are an array of records."""
        code, text, _ = run("check", BROKEN, "--format", "json")
        records = json.loads(text)
        assert code == 1
        assert [(record["line"], record["column"], record["code"]) for record in records] == [
            (problem.line, problem.column, problem.code) for problem in library.check(BROKEN)
        ]
        assert records[1] == {
            "file": BROKEN,
            "line": 28,
            "column": 5,
            "end_line": 28,
            "end_column": 11,
            "code": "unknown-key",
            "severity": "error",
            "message": "unknown key 'lables' in open_tenders; did you mean 'labels'?",
            "message_ja": "open_tenders のキー「lables」は定義されていません。もしかして 「labels」",
            "suggestions": ["labels"],
        }
        assert as_json(run("check", SOUND, "--format", "json")) == []


class TestList:
    FIELDS = (
        "plan", "kpi", "name", "rule", "comparator", "target", "target_kind", "conditional", "unit", "baseline",
        "formula", "source",
    )  # fmt: skip

    def test_json(self, run):
        """The entries of a plan are an array in the order of the document, with exactly the promised fields."""
        records = as_json(run("list", "--plan", "iwate-r3", "--format", "json"))
        assert [record["kpi"] for record in records] == list(library.load_catalog().plans["iwate-r3"].entries)
        assert all(tuple(record) == self.FIELDS for record in records)

    def test_json_of_all_plans(self, run):
        """Without a plan the entries of all are listed."""
        records = as_json(run("list", "--format", "json", "--catalog", SOUND))
        assert [(record["plan"], record["kpi"]) for record in records] == [
            ("iwate-r3", "single_bid_share"), ("iwate-r3", "cost_per_tender"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            (
                "en",
                [
                    "iwate-r3  Iwate branch, plan for FY2021",
                    "section and page",
                    "<= prior year (7,445 yen)",
                    "7,445円",
                    "p. 30",
                ],
            ),
            (
                "ja",
                [
                    "iwate-r3  岩手支部 令和3年度事業計画",
                    "章・頁",
                    "対前年度(7,445円)以下",
                    "一者応札の割合",
                    "cost_per_tender",
                ],
            ),
        ],
    )
    def test_text(self, run, language, expected):
        """For people the rules stand in a table, in their language."""
        code, text, _ = run("list", "--catalog", SOUND, "--lang", language)
        assert code == 0
        assert [words for words in expected if words not in text] == []


class TestShow:
    def test_text(self, run):
        """A KPI is shown with its formula, its variables, and its rule in each plan."""
        assert run("show", "cost_per_tender", "--catalog", SOUND)[1] == (
            "cost_per_tender: 入札1件当たりの経費 / cost of a tender\n"
            "  cost / open_tenders\n"
            "  unit yen, lower is better, rounded half up\n"
            "  cost: 経費 / cost (yen, flow)\n"
            "  open_tenders: 一般競争入札件数 / open tenders (case, flow)\n"
            "  iwate-r3: <= prior year (7,445 yen), baseline 7,445円 — 令和3年度 事業報告, Ⅰ（4）, p. 7\n"
        )

    def test_in_japanese(self, run):
        """Formula and words are told in Japanese as well."""
        _, text, _ = run("show", "single_bid_share", "--catalog", SOUND, "--lang", "ja")
        assert "  一者応札件数 / 一般競争入札件数\n  単位 %, 低いほどよい, 四捨五入\n" in text
        assert "(case, 期間の合計)" in text

    def test_json(self, run):
        """For programs a KPI is a record with its variables and entries."""
        record = as_json(run("show", "single_bid_share", "--format", "json", "--catalog", SOUND))
        assert (record["kpi"], record["unit"], record["direction"]) == ("single_bid_share", "%", "lower")
        assert (record["decimals"], record["rounding"], record["compared"]) == (1, "half_up", "exact")
        assert (record["formula"], record["formula_ja"]) == (
            "single_bid_tenders / open_tenders",
            "一者応札件数 / 一般競争入札件数",
        )
        assert record["variables"][1] == {
            "name": "open_tenders", "ja": "一般競争入札件数", "en": "open tenders", "unit": "case", "kind": "flow",
            "records": None,
        }  # fmt: skip
        assert [entry["plan"] for entry in record["plans"]] == ["iwate-r3"]
        assert tuple(record["plans"][0]) == TestList.FIELDS
        assert "frac" in record["latex"]
        assert record["aggregates"] == record["conditions"] == []

    def test_records(self, run):
        """What is counted from records is shown with what it is called in Japanese, and named conditions with what they mean."""
        assert run("show", "paid_in_time", "--catalog", SOUND_WITH_RECORDS)[1].split("\n")[1:7] == [
            "  count(claims where business_days(received, paid) <= 10 and countable) / claims_paid",
            "  unit %, higher is better, rounded half up",
            "  claims_paid: 支給件数 / claims paid (case, flow)",
            "    = count(claims where paid is known and countable)",
            "  count(claims where business_days(received, paid) <= 10 and countable): 件数(給付申請のうち 営業日数(受付日, 支払日) <= 10 かつ 評価対象) (case)",
            "  countable: 評価対象 / claims that count = not exempt",
        ]

    def test_records_as_json(self, run):
        """For programs, aggregates and conditions are records."""
        record = as_json(run("show", "paid_in_time", "--format", "json", "--catalog", SOUND_WITH_RECORDS))
        assert [(one["table"], one["unit"]) for one in record["aggregates"]] == [("claims", "case")]
        assert [(one["name"], one["condition"]) for one in record["conditions"]] == [
            ("countable", "not exempt"),
            ("exempt", "after_loss or voluntary"),
        ]


class TestData:
    @pytest.fixture(params=["csv", "cp932", "xlsx", "parquet", "sheet"])
    def data(self, request, tmp_path):
        """The same figures in files of every kind."""
        rows = [*csv.reader(Path(COUNTS).read_text("utf-8").splitlines())]
        path = tmp_path / f"実績.{request.param}"
        match request.param:
            case "xlsx" | "sheet":
                path.write_bytes(workbook(rows, *([[["x"]]] if request.param == "sheet" else [])))
            case "parquet":
                pl.DataFrame(rows[1:], schema=rows[0], orient="row").write_parquet(path)
            case encoding:
                path.write_bytes(csv_text(rows).encode("utf-8" if encoding == "csv" else encoding))
        return f"{path}[Sheet1]" if request.param == "sheet" else path

    @pytest.mark.parametrize(
        "command", [("evaluate", "iwate-r3"), ("explain", "iwate-r3", "single_bid_share"), ("diff", SOUND, SOUND)]
    )
    def test_every_kind(self, run, data, command):
        """Every command that takes figures takes them in files of every kind."""
        catalog = () if command[0] == "diff" else ("--catalog", SOUND)
        expected = run(*command, *catalog, "--data", COUNTS, "--format", "json")
        assert expected[0] == 0
        assert run(*command, *catalog, "--data", data, "--format", "json") == expected

    def test_problem(self, run, tmp_path):
        """A problem is told with sheet, row and column, in the language of the command."""
        path = tmp_path / "実績.xlsx"
        path.write_bytes(workbook([["支部", "年度", "一者応札件数"], ["岩手支部", "R3", "#REF!"]], titles=("上期",)))
        code, _, errors = run("evaluate", "iwate-r3", "--catalog", SOUND, "--data", path, "--lang", "ja")
        assert code == 2
        assert errors == (
            f"{path}[上期]:2:3: 表計算ソフトのエラー #REF! です。値が必要です\n   C2 | #REF!\n      | ^^^^^\n1 件の問題\n"
        )

    def test_unknown_sheet(self, run, tmp_path):
        """A sheet that is not there is told with the nearest."""
        path = tmp_path / "実績.xlsx"
        path.write_bytes(workbook([["支部", "年度", "一者応札件数"]], titles=("上期",)))
        assert run("evaluate", "iwate-r3", "--data", f"{path}[上半期]")[::2] == (
            2,
            f"kpi: unknown sheet '上半期' in {path}; did you mean '上期'?\n",
        )


class TestEvaluate:
    FIELDS = (
        "kpi",
        "outcome",
        "value",
        "target",
        "margin",
        "unit",
        "provisional",
        "as_of",
        "clause",
        "rounding_sensitive",
        "pace",
        "national",
    )

    def test_json(self, run):
        """A scorecard is the plan with a record for each KPI, with exactly the promised fields."""
        record = as_json(run("evaluate", "iwate-r3", "--format", "json"))
        assert list(record) == ["plan", "results"]
        assert all(tuple(result) == self.FIELDS for result in record["results"])
        assert record == library.load_catalog().plans["iwate-r3"].evaluate(library.load_published()).to_dict()

    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            (
                "en",
                [
                    "uptake of the lifestyle disease check-up",
                    "× missed*",
                    "-40.4 pp",
                    "achieved 10, missed 7",
                    "* provisional: ",
                ],
            ),
            ("ja", ["生活習慣病予防健診受診率", "× 未達成*", "-40.4ポイント", "達成 10、未達成 7", "* 暫定: "]),
        ],
    )
    def test_text(self, run, language, expected):
        """For people it is a table with the reason for each verdict, and a summary."""
        code, text, _ = run("evaluate", "iwate-r3", "--lang", language)
        assert code == 0
        assert [words for words in expected if words not in text] == []

    def test_data(self, run):
        """Figures of one's own take the place of the published results."""
        results = as_json(run("evaluate", "iwate-r3", *SMALL, "--format", "json"))["results"]
        assert [(result["kpi"], result["outcome"], result["value"], result["margin"]) for result in results] == [
            ("single_bid_share", "achieved", "20", "0"), ("cost_per_tender", "missed", "8000", "-555"),
        ]  # fmt: skip
        assert "\nachieved 1, missed 1\n* provisional" in run("evaluate", "iwate-r3", *SMALL)[1]

    def test_final(self, run, tmp_path):
        """Figures as of the last day of the year are not provisional."""
        path = tmp_path / "final.csv"
        path.write_text(Path(COUNTS).read_text("utf-8").replace("2021-09-30", "2022-03-31"), encoding="utf-8")
        assert "provisional" not in run("evaluate", "iwate-r3", "--catalog", SOUND, "--data", path)[1]

    @pytest.mark.parametrize(
        ("outcomes", "code"),
        [
            (["missed"], 1),
            (["not_evaluable"], 0),
            (["not_evaluable", "missed"], 1),
            (["no_target", "not_applicable"], 0),
            ([], 0),
        ],
    )
    @pytest.mark.parametrize("form", ["text", "json"])
    def test_fail_on(self, run, outcomes, code, form):
        """A gate fails on the outcomes it names, after the same answer."""
        options = [part for outcome in outcomes for part in ("--fail-on", outcome)]
        found, text, errors = run("evaluate", "iwate-r3", *SMALL, "--format", form, *options)
        assert (found, errors) == (code, "")
        assert text == run("evaluate", "iwate-r3", *SMALL, "--format", form)[1]

    def test_fail_on_unknown(self, run):
        """An outcome that there is not is a wrong use."""
        assert run("evaluate", "iwate-r3", "--fail-on", "failed")[0] == 2


class TestExplain:
    def test_text(self, run):
        """The why of one result is told, in English or Japanese."""
        result = library.load_catalog().plans["iwate-r3"].evaluate(library.load_published())["card_recovery_rate"]
        assert run("explain", "iwate-r3", "card_recovery_rate") == (0, result.explain("en") + "\n", "")
        assert run("explain", "iwate-r3", "card_recovery_rate", "--lang", "ja") == (0, result.explain("ja") + "\n", "")

    def test_json(self, run):
        """For programs it is the record of the scorecard with the reasons as data."""
        record = as_json(run("explain", "iwate-r3", "card_recovery_rate", "--format", "json"))
        assert tuple(record)[: len(TestEvaluate.FIELDS)] == TestEvaluate.FIELDS
        assert record["inputs"] == {"recovered_cards": "29390", "cards_to_recover": "31269"}
        assert record["rule"] == ">= prior year (95.7%)"
        assert [(found["value"], found["origin"]) for found in record["references"]] == [("95.7", "stated")]
        assert record["source"].startswith("令和3年度上期 岩手支部事業計画実施状況, Ⅰ（6）ⅰ, p. 9 (catalog.yaml:")
        assert record["pace"]["reason"] == "too_little_data"
        assert record["national"]["value"] == "84.93"
        assert record["fragility"]["cases"] == "535"

    def test_data(self, run):
        """Figures of one's own are explained as well."""
        _, text, _ = run("explain", "iwate-r3", "single_bid_share", *SMALL)
        assert "1 case / 5 cases = 20.0%" in text


class TestMistakes:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["list", "--plan", "iwate-r2"], "kpi: unknown plan 'iwate-r2'; did you mean 'iwate-r3'?"),
            (["evaluate", "iwate-r2"], "kpi: unknown plan 'iwate-r2'; did you mean 'iwate-r3'?"),
            (["explain", "iwate_r3", "cost_per_tender"], "kpi: unknown plan 'iwate_r3'; did you mean 'iwate-r3'?"),
            (["show", "cost_tender"], "kpi: unknown KPI 'cost_tender'; did you mean 'cost_per_tender'?"),
            (["explain", "iwate-r3", "single_bids"], "kpi: unknown KPI 'single_bids' in plan iwate-r3; did you mean 'single_bid_share'?"),
            (["show", "x"], "kpi: unknown KPI 'x'"),
            (["evaluate", "iwate-r3", "--data", "none.csv"], "kpi: cannot read none.csv: No such file or directory"),
            (["explain", "iwate-r3", "cost_per_tender", "--data", "."], "kpi: cannot read .: Is a directory"),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("form", ["text", "json"])
    def test_one_line(self, run, arguments, said, form):
        """What a user can mend is one line among the errors, with exit code 2, and no answer."""
        assert run(*arguments, "--catalog", SOUND, "--format", form) == (2, "", f"{said}\n")

    @pytest.mark.parametrize("command", [["check"], ["list"], ["show", "x"], ["evaluate", "x"], ["explain", "x", "y"]])
    def test_missing_catalogue(self, run, command):
        """So is a catalogue that cannot be read."""
        said = "kpi: cannot read none.yaml: No such file or directory\n"
        assert run(*command, "--catalog", "none.yaml") == (2, "", said)

    @pytest.mark.parametrize(
        "arguments",
        [["list"], ["show", "single_bid_share"], ["evaluate", "iwate-r3"], ["explain", "iwate-r3", "cost_per_tender"]],
    )
    @pytest.mark.parametrize("form", ["text", "json"])
    def test_broken_catalogue(self, run, arguments, form):
        """With a broken catalogue no command but `check` answers; all problems stand among the errors."""
        code, text, errors = run(*arguments, "--catalog", BROKEN, "--format", form)
        assert (code, text) == (2, "")
        assert errors == run("check", BROKEN)[1]

    def test_broken_data(self, run):
        """So do those of a broken table, in either language."""
        path = DATA / "cli" / "broken.csv"
        code, text, errors = run("evaluate", "iwate-r3", "--catalog", SOUND, "--data", path)
        assert (code, text) == (2, "")
        assert [line.removeprefix(f"{path}:") for line in errors.splitlines() if line.startswith(str(path))] == [
            "2:10: 'open_tender' is no variable and no KPI of the catalogue; did you mean 'open_tenders' or 'cost_per_tender'?",
            "3:31: single_bid_tenders is measured in cases; found '1円'",
        ]
        assert "2 件の問題" in run("evaluate", "iwate-r3", "--catalog", SOUND, "--data", path, "--lang", "ja")[2]


class TestLanguage:
    @pytest.mark.parametrize(
        ("lang", "heading"), [("ja_JP.UTF-8", "判定"), ("ja", "判定"), ("de_DE.UTF-8", "verdict"), ("", "verdict")]
    )
    def test_of_the_machine(self, run, monkeypatch, lang, heading):
        """Without a word the language is what LANG says: Japanese, or else English."""
        monkeypatch.setenv("LANG", lang)
        assert heading in run("evaluate", "iwate-r3", *SMALL)[1]

    def test_option_goes_first(self, run, monkeypatch):
        """The option goes before LANG."""
        monkeypatch.setenv("LANG", "ja_JP.UTF-8")
        assert "verdict" in run("evaluate", "iwate-r3", *SMALL, "--lang", "en")[1]
