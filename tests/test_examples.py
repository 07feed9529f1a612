"""Examples beside the definition: run by the check, followed to what they reach, and proposed from the rule."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from entries import SHARE_ENTRY, SOUND
from hypothesis import given
from hypothesis import strategies as st

import kpi
from kpi.catalogue import check_bytes
from kpi.cli.commands import kpi as command
from kpi.evaluation.decision import Verdict
from kpi.examples.coverage import unreached
from kpi.examples.example import Example, has_value, outcome_of
from kpi.examples.proposals import propose
from kpi.examples.writing import to_yaml
from kpi.messages import MESSAGES

RULE = "a / b <= 20%; a <= 1 case when b <= 4 cases"
BOUNDARIES = """
  - {inputs: {single_bid_tenders: 1, open_tenders: 5}, outcome: achieved, value: 20%}
  - {inputs: {single_bid_tenders: 2, open_tenders: 5}, outcome: missed}
  - {inputs: {single_bid_tenders: 1, open_tenders: 4}, outcome: achieved, value: 1 case}
  - {inputs: {single_bid_tenders: 2, open_tenders: 4}, outcome: missed}
"""
FORMULA = "    formula: single_bid_tenders / open_tenders\n"


def with_examples(text):
    """The sound catalogue with examples in its entry of the share of tenders."""
    listed = "".join(f"        {line}\n" for line in text.strip("\n").splitlines())
    return SOUND.replace(SHARE_ENTRY, f"{SHARE_ENTRY}        examples:\n{listed}")


def problems(text):
    """The problems of a catalogue: code and column, and the message."""
    return [(problem.code, problem.message) for problem in check_bytes(text.encode(), "catalog.yaml")[1]]


def told(text):
    """The problems of examples in the entry of the share of tenders."""
    return problems(with_examples(text))


class TestReading:
    def test_sound(self):
        """Examples that come out as they say and reach the whole rule are no problem."""
        assert told(BOUNDARIES) == []

    def test_kept(self):
        """The catalogue keeps them, each number as written."""
        entry = check_bytes(with_examples(BOUNDARIES).encode(), "c")[0].plans["iwate-r3"]["single_bid_share"]
        first = entry.examples.listed[0]
        assert (first.inputs, first.outcome, first.value) == (
            {"single_bid_tenders": "1", "open_tenders": "5"},
            Verdict.ACHIEVED,
            "20%",
        )

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("- {inputs: {open_tender: 4}, outcome: achieved}", "unknown-input"),
            ("- {inputs: {open_tenders: four}, outcome: achieved}", "unreadable-input"),
            ("- {inputs: {open_tenders: 4 yen}, outcome: achieved}", "unreadable-input"),
            ("- {inputs: {open_tenders: 012}, outcome: achieved}", "not-a-text"),
            ("- {inputs: {open_tenders: 4}, outcome: acheived}", "unknown-choice"),
            ("- {inputs: {open_tenders: 4}, outcom: achieved}", "unknown-key"),
            ("- {outcome: achieved}", "missing-key"),
            ("- {inputs: {open_tenders: 4}}", "missing-key"),
            ("- {inputs: [4], outcome: achieved}", "wrong-kind"),
            ("- achieved", "wrong-kind"),
            ("- {inputs: {}, outcome: achieved, references: {national: 20%}}", "unknown-input"),
            ("- {inputs: {}, outcome: achieved, references: {prior year: 20%}}", "unknown-key"),
        ],
    )
    def test_strict(self, line, code):
        """Keys, names and units are checked, and one slip is told once."""
        assert [found for found, _ in told(line)] == [code]

    def test_a_list_is_wanted(self):
        """`examples` is a list."""
        text = SOUND.replace(SHARE_ENTRY, f"{SHARE_ENTRY}        examples: none\n")
        assert [code for code, _ in problems(text)] == ["wrong-kind"]

    def test_labels(self):
        """An input may be called by its Japanese name."""
        assert told(BOUNDARIES.replace("open_tenders", "一般競争入札件数")) == []


class TestRunning:
    def test_another_outcome(self):
        """An example that comes out otherwise is an error at its outcome, with the reason."""
        text = with_examples(
            BOUNDARIES.replace("open_tenders: 4}, outcome: missed", "open_tenders: 4}, outcome: achieved")
        )
        (problem,) = check_bytes(text.encode(), "catalog.yaml")[1]
        assert (problem.code, problem.severity) == ("example-outcome", "error")
        assert text.splitlines()[problem.line - 1][problem.column - 1 :].startswith("achieved}")
        assert problem.message.startswith("the example comes out as missed, expected achieved: single_bid_tenders = 2")
        assert "「未達成」" in problem.message_in("ja")

    def test_another_value(self):
        """So is another value; it may be written exactly or as it is shown."""
        assert told(BOUNDARIES.replace("value: 20%", "value: 21%")) == [
            ("example-value", "the example gives 20.0%, expected 21%")
        ]

    def test_no_value(self):
        """A value that was expected and is not there is told."""
        more = "  - {inputs: {open_tenders: 9}, outcome: not_evaluable, value: 20%}\n"
        assert told(BOUNDARIES + more) == [("example-value", "the example gives no value, expected 20%")]

    def test_prior_year(self):
        """Last year's inputs or value in an example stand in the place of the plan's baseline."""
        formula = kpi.parse("a / b >= prior year")
        inputs = {"a": "9", "b": "10"}
        assert Example(inputs).result(formula, "90%").achieved
        assert Example(inputs, baseline="91%").result(formula, "90%").achieved is False
        assert Example(inputs, prior={"a": "19", "b": "20"}).result(formula, "90%").achieved is False
        assert Example(inputs, prior="89%").result(formula, "95%").achieved

    def test_other_references(self):
        """What other references are worth stands under their text."""
        formula = kpi.parse("a / b >= national")
        assert Example({"a": "9", "b": "10"}, references={"national": "90%"}).result(formula).achieved

    def test_of_a_formula(self):
        """A KPI's examples are about its formula: a value, or none."""
        sound = "    examples:\n      - {inputs: {single_bid_tenders: 1, open_tenders: 3}, value: 33.3%}\n"
        nothing = "      - {inputs: {single_bid_tenders: 1, open_tenders: 0}, outcome: not_evaluable}\n"
        assert problems(SOUND.replace(FORMULA, FORMULA + sound + nothing)) == []
        wrong = sound.replace("33.3", "33.4")
        assert [code for code, _ in problems(SOUND.replace(FORMULA, FORMULA + wrong))] == ["example-value"]

    def test_broken_entries_hide_nothing(self):
        """Examples of a sound entry are run beside an entry that has a problem; those of a broken one are not."""
        other = BOUNDARIES.replace("value: 20%", "value: 21%")
        broken = with_examples(other).replace("kpi: cost_per_tender", "kpi: cost_per_tendr")
        assert sorted(code for code, _ in problems(broken)) == ["example-value", "unknown-kpi"]
        slip = with_examples(other).replace("<= 20%;", "<= 200%;")
        assert "example-value" not in [code for code, _ in problems(slip)]

    @given(st.fractions(0, 1), st.integers(0, 3))
    def test_shown_or_exact(self, share, decimals):
        """The value of an example is right as it is shown, and exactly."""
        formula = kpi.parse("a / b <= 20%", decimals=decimals)
        result = formula.evaluate({"a": share.numerator, "b": share.denominator})
        assert has_value(result, str(result.value))
        assert not has_value(result, "101%")

    @given(
        st.sampled_from(["1", "0", '"3 cases"', "10%", "-2", "対象外", "–", "1e3", "null", "[1, 2]", "{}", "9" * 31]),
        st.sampled_from(["", ", prior: {open_tenders: 3}", ", prior: 20%", ", baseline: 対象外", ", value: 1/3"]),
        st.sampled_from(["achieved", "missed", "not_evaluable", "not_applicable"]),
    )
    def test_whatever_stands_there(self, number, more, outcome):
        """Whatever an example holds, the check tells problems and never breaks off."""
        line = f"- {{inputs: {{single_bid_tenders: {number}, open_tenders: 4}}, outcome: {outcome}{more}}}"
        assert all(code in MESSAGES for code, _ in told(line))

    def test_outcome_without_rule(self):
        """Without a rule there is no target; without a value it is not evaluable, or not applicable."""
        formula = kpi.parse("a / b")
        assert outcome_of(formula.evaluate({"a": 1, "b": 2})) is Verdict.NO_TARGET
        assert outcome_of(formula.evaluate({"a": 1, "b": 0})) is Verdict.NOT_EVALUABLE
        assert outcome_of(formula.evaluate({"a": "対象外", "b": "対象外"})) is Verdict.NOT_APPLICABLE


class TestCoverage:
    @pytest.mark.parametrize(
        ("left_out", "messages"),
        [
            (2, ["no example stands at the boundary of 'single_bid_tenders <= 1 case'; add one exactly at the target"]),
            (1, []),
        ],
    )
    def test_boundaries(self, left_out, messages):
        """A boundary that no example stands on is told; of a share one example at the target is enough."""
        lines = BOUNDARIES.strip("\n").splitlines()
        found = told("\n".join(line for number, line in enumerate(lines) if number != left_out))
        assert [message.partition(", and")[0] for _, message in found] == messages

    def test_clauses(self):
        """A clause that no example reaches is told, and its conditions are not told as well."""
        lines = BOUNDARIES.strip("\n").splitlines()
        assert [code for code, _ in told("\n".join(lines[:2]))] == ["clause-without-example"]
        assert next(message for _, message in told("\n".join(lines[2:]))) == "no example reaches the clause '<= 20%'"

    def test_outcomes(self):
        """A verdict that no example has is told, without the boundaries that follow from it."""
        formula = kpi.parse("a <= 3 cases")
        found = [*unreached(formula, [formula.evaluate({"a": 3})])]
        assert [(each.code, each.facts["outcome"]) for each in found] == [("outcome-without-example", "missed")]

    def test_without_examples(self):
        """Nothing is asked of an entry without examples, nor of a formula without a rule."""
        assert problems(SOUND) == []
        assert [*unreached(kpi.parse("a / b"), [])] == []

    def test_only_warnings(self):
        """What no example reaches keeps nothing away: it is a warning."""
        text = with_examples(BOUNDARIES.strip("\n").splitlines()[0])
        assert {problem.severity for problem in check_bytes(text.encode(), "c")[1]} == {"warning"}


class TestProposals:
    def test_tenders(self):
        """A rule with a case gives examples with four tenders, five and none."""
        proposals = propose(kpi.parse(RULE))
        points = {(proposal.example.inputs["a"], proposal.example.inputs["b"]): proposal for proposal in proposals}
        outcomes = {point: str(proposal.example.outcome) for point, proposal in points.items()}
        assert outcomes["1", "5"] == outcomes["1", "4"] == outcomes["0", "0"] == "achieved"
        assert outcomes["2", "5"] == outcomes["2", "4"] == "missed"
        assert points["1", "5"].note("en") == "exactly at <= 20%"
        assert points["0", "0"].note("ja") == "「b」が 0"

    def test_prior_year(self):
        """A rule on last year gives the same value, one less and one more."""
        proposals = propose(kpi.parse("a / b >= prior year"), "95.7%")
        assert [(each.example.inputs["a"], str(each.example.outcome)) for each in proposals] == [
            ("957", "achieved"),
            ("956", "missed"),
            ("958", "achieved"),
            ("0", "not_evaluable"),
        ]

    def test_other_references(self):
        """A reference that the plan states no value for is given one, and one that a condition turns on, two."""
        (first, *_) = propose(kpi.parse("a / b >= national"))
        assert first.example.references == {"national": "50%"}
        found = propose(kpi.parse("a / b >= prior year; >= 81% when prior year >= 80%"))
        assert {"80%", "79%"} <= {proposal.example.baseline for proposal in found}

    def test_months(self):
        """A rule for every month gives a value for each of twelve, one of them a step away."""
        inputs = [proposal.example.inputs["a"] for proposal in propose(kpi.parse("a is done every month"))]
        assert inputs[:2] == [["1"] * 12, ["0"] + ["1"] * 11]

    def test_a_part_is_never_more_than_its_whole(self):
        """No proposal has more single-bidder tenders than tenders."""
        for proposal in propose(kpi.parse(RULE)):
            assert int(proposal.example.inputs["a"]) <= int(proposal.example.inputs["b"])

    def test_nothing_to_propose(self):
        """Where no counts reach the target nothing is proposed but the denominator of zero."""
        assert [proposal.place for proposal in propose(kpi.parse("a * b / c >= fiscal year 2020 + x"))] == ["zero"]
        assert propose(kpi.parse("a")) == ()

    def test_reach_the_shipped_rules(self):
        """For all but one of the shipped entries the proposals reach every clause, verdict and boundary."""
        open_ends = []
        for plan in kpi.load_catalog().plans.values():
            for entry in plan:
                results = [proposal.result for proposal in propose(entry.formula, entry.baseline)]
                open_ends += [entry.kpi.key] if [*unreached(entry.formula, results)] else []
        assert open_ends == ["generic_share_by_branch"]

    def test_can_be_pasted(self):
        """What is proposed for every entry of the shipped catalogue comes out as proposed, once pasted."""
        text = (kpi.catalogue.shipped_catalog()).read_text("utf-8")
        catalog = kpi.load_catalog()
        entries = [entry for plan in catalog.plans.values() for entry in plan if not entry.examples]
        lines = text.splitlines(keepends=True)
        for entry in sorted(entries, key=lambda entry: -int(entry.place.partition(":")[2])):
            line = int(entry.place.partition(":")[2])
            while lines[line].startswith("        "):
                line += 1
            lines[line:line] = [to_yaml(propose(entry.formula, entry.baseline), 8)]
        found = check_bytes("".join(lines).encode(), "catalog.yaml")[1]
        assert {problem.code for problem in found} <= {
            "clause-without-example", "outcome-without-example", "boundary-without-example"
        }  # fmt: skip
        assert {problem.severity for problem in found} <= {"warning"}


class TestCommand:
    def run(self, *arguments):
        """Output and exit code of `kpi examples`."""
        result = CliRunner().invoke(command, ["examples", *arguments, "--lang", "en"], env={"COLUMNS": "120"})
        return result.output, result.exit_code

    def test_table(self):
        """The table has inputs, value and verdict."""
        text, code = self.run("single_bid_share", "--plan", "iwate-r3")
        assert code == 0
        assert "single_bid_tenders 1, open_tenders 5" in text
        assert "exactly at open_tenders <= 4 cases" in text

    def test_same_rules_are_told_once(self):
        """Plans that set the same rule share its examples."""
        records = json.loads(self.run("single_bid_share", "--format", "json")[0])
        assert [record["plans"] for record in records if record["rule"] == "<= 20%"] == [
            ["national-r3", "miyagi-r3", "gunma-r3", "gunma-r2"]
        ]
        assert records[0]["examples"][0]["outcome"] == "achieved"

    def test_yaml(self):
        """The YAML names its plans, and says where there is nothing to propose."""
        text, _ = self.run("card_recovery_rate", "--plan", "iwate-r3", "--format", "yaml")
        assert text.splitlines()[:3] == [
            "        # iwate-r3",
            "        examples:",
            "          - inputs: {recovered_cards: 957, cards_to_recover: 1000}",
        ]

    def test_unplanned(self, tmp_path):
        """A KPI that no plan sets has examples of its formula."""
        file = tmp_path / "catalog.yaml"
        file.write_text(SOUND.replace(SHARE_ENTRY, ""), "utf-8")
        text, code = self.run("single_bid_share", "--format", "yaml", "--catalog", str(file))
        assert code == 0
        assert "    examples:\n      - inputs: {single_bid_tenders: 0, open_tenders: 0}" in text

    def test_unknown(self):
        """An unknown KPI is named with the nearest."""
        text, code = self.run("single_bid")
        assert code == 2
        assert "did you mean 'single_bid_share'" in text
