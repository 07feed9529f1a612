"""The difference of two catalogues: in meaning, in text, and in the verdicts."""

from __future__ import annotations

import json
from shutil import which
from subprocess import run

import pytest
from click.testing import CliRunner
from entries import SOUND
from hypothesis import given
from strategies import RULES

from kpi.catalogue import load_bytes
from kpi.cli.commands import kpi as command
from kpi.differences import compare
from kpi.differences.revisions import read_revision
from kpi.differences.writing import as_markdown, as_text
from kpi.differences.written import Written
from kpi.errors import KpiError
from kpi.formulas.nodes import names
from kpi.formulas.replacing import renamed
from kpi.observations.reading import read_observations

HEADER = "organisation,fiscal_year,quantity,value\n"
TABLE = f"{HEADER}iwate,R3,single_bid_tenders,1\niwate,R3,open_tenders,5\n"
FORMULA = "formula: single_bid_tenders / open_tenders"
RULE = 'rule: "<= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases"'
PUBLISHED = "published: 20％以下とする。一般競争入札件数が4件以下となる場合は一者応札件数を1件以下とする"


def replaced(*pairs, text=SOUND):
    """The sound catalogue with texts replaced, each of which it has."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def difference(*pairs, table=TABLE):
    """What differs from the sound catalogue."""
    return between(SOUND, replaced(*pairs), table)


def between(old, new, table=TABLE):
    """What differs between two catalogues."""
    one, other = (load_bytes(text.encode(), "catalog.yaml") for text in (old, new))
    observations, _ = read_observations(table.encode(), "data.csv")
    return compare(one, other, observations, Written.of(old), Written.of(new))


def told(found):
    """The changes in short."""
    return [(change.kind, change.key, change.how, change.field) for change in found.changes]


def to_rule(rule, published):
    """Another rule, with the phrase that goes with it."""
    return (RULE, f'rule: "{rule}"'), (PUBLISHED, f"published: {published}")


class TestDefinitions:
    def test_none(self):
        """A catalogue does not differ from itself."""
        found = difference()
        assert (found.changes, found.verdicts, found.in_meaning) == ((), (), False)

    @pytest.mark.parametrize("other", ["一者応札件数 / open_tenders", "(single_bid_tenders) ／ open_tenders"])
    def test_formula_in_text(self, other):
        """A formula that is only spelt otherwise differs in text."""
        found = difference((FORMULA, f"formula: {other}"))
        assert told(found) == [("kpi", "single_bid_share", "text", "formula")]
        assert found.changes[0].new == other
        assert not found.in_meaning

    def test_formula_that_gives_the_same(self):
        """So does one of another shape that always gives the same."""
        found = difference((FORMULA, "formula: 1 - (open_tenders - single_bid_tenders) / open_tenders"))
        assert told(found) == [("kpi", "single_bid_share", "text", "formula")]

    @pytest.mark.parametrize(
        "other",
        [
            "single_bid_tenders / (open_tenders + single_bid_tenders)",
            "single_bid_tenders / max(open_tenders, single_bid_tenders)",
            "single_bid_tenders * open_tenders / open_tenders / open_tenders * single_bid_tenders / single_bid_tenders",
        ],
    )
    def test_formula_in_meaning(self, other):
        """One that gives something else for some counts, or nothing where the other gives something, differs in meaning."""
        found = difference((FORMULA, f"formula: {other}"))
        assert told(found) == [("kpi", "single_bid_share", "meaning", "formula")]
        assert found.in_meaning

    @pytest.mark.parametrize(
        ("old", "new", "field"),
        [
            ("    decimals: 1\n", "    decimals: 2\n", "decimals"),
            ("    decimals: 1\n", "    decimals: 1\n    compared: shown\n", "compared"),
            ("    decimals: 1\n", "    decimals: 1\n    rounding: floor\n", "rounding"),
            ("    decimals: 1\n", "    decimals: 1\n    kind: ratio\n", "kind"),
        ],
    )
    def test_display(self, old, new, field):
        """What changes of a KPI is told by its field."""
        assert told(difference((old, new))) == [("kpi", "single_bid_share", "meaning", field)]

    def test_names(self):
        """A name is text."""
        found = difference(("en: cost of a tender", "en: cost for each tender"))
        assert [(change.how, change.field) for change in found.changes] == [("text", "en")]

    def test_rule_in_text(self):
        """A rule in Japanese is the same rule."""
        (change,) = difference((RULE, f'rule: "{PUBLISHED.partition(": ")[2]}"')).changes
        assert (change.key, change.how, change.field) == ("iwate-r3/single_bid_share", "text", "rule")

    def test_rule_in_meaning(self):
        """Another target is another rule."""
        found = difference(*to_rule("<= 15%", "15%以下"))
        assert ("entry", "iwate-r3/single_bid_share", "meaning", "rule") in told(found)
        assert ("entry", "iwate-r3/single_bid_share", "text", "published") in told(found)

    def test_added_and_removed(self):
        """What only one of the two holds was added, or removed."""
        kpi = "kpis:\n  tenders:\n    ja: 入札\n    en: tenders\n    formula: open_tenders\n    unit: case\n    direction: higher\n"
        new = replaced(("kpis:\n", kpi))
        assert told(between(SOUND, new)) == [("kpi", "tenders", "added", "")]
        assert told(between(new, SOUND)) == [("kpi", "tenders", "removed", "")]

    def test_entry_removed(self):
        """So with the entries of a plan."""
        start = SOUND.index("      - kpi: cost_per_tender\n")
        found = between(SOUND, SOUND[:start])
        assert ("entry", "iwate-r3/cost_per_tender", "removed", "") in told(found)

    def test_renamed(self):
        """The same definition under another key was renamed; what follows from that is not told again."""
        found = difference(("single_bid_share", "one_bidder_share"), ("single_bid_tenders", "one_bidder_tenders"))
        assert told(found) == [
            ("variable", "one_bidder_tenders", "renamed", ""),
            ("kpi", "one_bidder_share", "renamed", ""),
        ]
        assert found.verdicts == ()
        assert found.in_meaning

    def test_plan_renamed(self):
        """A plan of the same organisation and year is the same plan."""
        assert told(difference(("iwate-r3:", "iwate-2021:"))) == [("plan", "iwate-2021", "renamed", "")]

    @given(RULES)
    def test_renaming_back(self, rule):
        """Names that are changed and changed back are what they were."""
        there = {name: f"{name}_" for name in names(rule)}
        assert renamed(renamed(rule, there), {new: old for old, new in there.items()}) == rule


class TestVerdicts:
    def test_flipped(self):
        """A lower target turns the verdict."""
        (change,) = difference(*to_rule("<= 15%", "15%以下")).verdicts
        assert (change.plan, change.kpi, change.turn) == ("iwate-r3", "single_bid_share", "flipped")
        assert change.to_dict()["new"] == {
            "outcome": "missed", "value": "20", "target": "15", "margin": "-5", "unit": "%",
        }  # fmt: skip

    def test_margin(self):
        """A higher one moves the margin."""
        (change,) = difference(*to_rule("<= 25%", "25%以下")).verdicts
        assert (change.turn, str(change.old.margin), str(change.new.margin)) == ("margin", "+0.0 pp", "+5.0 pp")

    def test_evaluable(self):
        """A formula that needs what nobody observed has no verdict any more, and the reverse."""
        new = replaced((FORMULA, "formula: single_bid_tenders / (open_tenders + cost / 1 yen/case)"))
        assert [change.turn for change in between(SOUND, new).verdicts] == ["became_not_evaluable"]
        assert [change.turn for change in between(new, SOUND).verdicts] == ["became_evaluable"]

    def test_units_that_no_longer_fit(self):
        """Observations in a unit that the new catalogue has no longer are told, and are no traceback."""
        table = f"{TABLE}iwate,R3,cost,1000円\n"
        units = ("unit: yen\n", "unit: card\n"), ("7,445 yen", "7,445 cards"), ("7,445円", "7,445枚")
        (change,) = difference(*units, table=table).verdicts
        assert (change.turn, change.new) == ("became_not_evaluable", None)
        assert change.error == "cost is measured in cards; found '1000円'"

    def test_observations_by_either_name(self):
        """Observations may be called by the old names or by the new ones."""
        new = ("single_bid_tenders", "one_bidder_tenders")
        assert difference(new).verdicts == ()
        assert difference(new, table=TABLE.replace(*new)).verdicts == ()


class TestWriting:
    FOUND = difference(*to_rule("<= 15%", "15%以下"), ("single_bid_share", "one_bidder_share"))

    def test_text(self):
        """A line a change, verdicts first."""
        lines = as_text(self.FOUND, "a.yaml", "b.yaml").splitlines()
        assert lines[:3] == [
            "from a.yaml to b.yaml",
            "verdicts that change: 1",
            "  iwate-r3/one_bidder_share: verdict flips: ○ achieved by +0.0 pp → × missed by -5.0 pp",
        ]
        assert "> KPI one_bidder_share: renamed, was single_bid_share" in lines

    def test_markdown(self):
        """A table for a comment; what is text alone is folded away."""
        text = as_markdown(self.FOUND, "a.yaml", "b.yaml", "ja")
        assert text.startswith("### KPIカタログ: a.yaml から b.yaml へ\n\n**変わる判定: 1**\n\n| 項目 |")
        assert (
            "| `iwate-r3/one_bidder_share` | 判定が逆転 | ○ 達成（差 +0.0ポイント） | × 未達成（差 -5.0ポイント） |"
            in text
        )
        assert "<details><summary>表記だけの変更: 1</summary>" in text

    def test_keys_stay_in_their_cell(self):
        """A key in a table for a comment neither ends its cell nor becomes Markdown."""
        name = '"iwate|`<b>`-r3"'
        line = as_markdown(between(SOUND, replaced(("iwate-r3:", f"{name}:"))), "a|b", "c").splitlines()
        assert line[0] == r"### KPI catalogue: from a\|b to c"
        assert line[-1].startswith(r"| plan `iwate\|'<b>'-r3` | renamed, was iwate-r3 |")

    def test_nothing(self):
        """Where nothing differs, that is said."""
        assert as_text(difference(), "a", "b").splitlines() == ["from a to b", "no difference"]
        same = difference((FORMULA, "formula: 一者応札件数 / open_tenders"))
        assert as_text(same, "a", "b").splitlines()[-1] == "no difference in meaning"


@pytest.mark.skipif(not which("git"), reason="needs git")
class TestRevisions:
    @pytest.fixture
    def repository(self, tmp_path, monkeypatch):
        """A repository whose first commit holds the sound catalogue, with a changed one in its folder."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "catalog.yaml").write_text(SOUND, "utf-8")
        (tmp_path / "plans").mkdir()
        (tmp_path / "plans" / "catalog.yaml").write_text(SOUND, "utf-8")
        self.git("init", "--quiet")
        self.git("add", ".")
        self.git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "First")
        (tmp_path / "catalog.yaml").write_text(replaced(*to_rule("<= 15%", "15%以下")), "utf-8")
        return tmp_path

    @staticmethod
    def git(*arguments):
        """Runs git."""
        run(["git", *arguments], check=True)  # noqa: S603, S607

    def test_revision(self, repository):
        """A revision alone means the file on the other side."""
        assert read_revision("HEAD", "catalog.yaml") == (SOUND.encode(), "HEAD:catalog.yaml")
        assert read_revision("HEAD", "plans/catalog.yaml") == (SOUND.encode(), "HEAD:plans/catalog.yaml")
        assert read_revision("HEAD", str(repository / "catalog.yaml"))[0] == SOUND.encode()
        assert read_revision("HEAD:plans/catalog.yaml")[0] == SOUND.encode()
        assert read_revision("HEAD")[0] == SOUND.encode()

    @pytest.mark.usefixtures("repository")
    @pytest.mark.parametrize("text", ["nonsense", "HEAD:other.yaml", "HEAD~7", "--help", ":", "-x:y"])
    def test_unknown(self, text):
        """What is no file and no revision is told in one line."""
        with pytest.raises(KpiError, match="is no file") as caught:
            read_revision(text)
        assert "\n" not in str(caught.value)

    def test_outside(self, tmp_path, monkeypatch):
        """Outside a repository that is said."""
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
        with pytest.raises(KpiError, match="not a git repository"):
            read_revision("HEAD")

    def test_without_git(self, tmp_path, monkeypatch):
        """So it is where git is not installed."""
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(KpiError, match="git, which would know a revision, is not installed"):
            read_revision("HEAD")

    @pytest.mark.usefixtures("repository")
    def test_command(self, tmp_path):
        """`kpi diff` tells the difference, and with --exit-code exits 1 where there is one in meaning."""
        (tmp_path / "data.csv").write_text(TABLE, "utf-8")
        run = CliRunner().invoke
        arguments = ["diff", "HEAD", "catalog.yaml", "--data", "data.csv", "--lang", "en"]
        result = run(command, arguments)
        assert (result.exit_code, result.output.splitlines()[1]) == (0, "verdicts that change: 1")
        assert run(command, [*arguments, "--exit-code"]).exit_code == 1
        assert run(command, ["diff", "HEAD", "HEAD", "--exit-code"]).exit_code == 0
        record = json.loads(run(command, [*arguments, "--format", "json"]).output)
        assert (record["old"], record["in_meaning"]) == ("HEAD:catalog.yaml", True)
        assert record["verdicts"][0]["turn"] == "flipped"
        assert run(command, [*arguments, "--format", "markdown"]).output.startswith("### KPI catalogue")
        assert run(command, ["diff", "nonsense", "catalog.yaml"]).exit_code == 2

    def test_broken_catalogues(self, repository):
        """A catalogue that has problems is told of them, and compared with none."""
        (repository / "catalog.yaml").write_text(replaced((FORMULA, "formula: a / open_tenders")), "utf-8")
        result = CliRunner().invoke(command, ["diff", "HEAD", "catalog.yaml", "--lang", "en"])
        assert result.exit_code == 2
        assert "unknown variable 'a'" in result.output
