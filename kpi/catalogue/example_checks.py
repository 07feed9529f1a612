"""Running the examples of a catalogue: each must come out as it says, and together they should reach the whole rule."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from kpi.catalogue.catalog import Catalog
from kpi.definitions import Formula
from kpi.evaluation.result import Result
from kpi.examples.example import Example, Examples, has_value, outcome_of
from kpi.problems import Problem
from kpi.progress import steps
from kpi.source import Source


def check_examples(catalog: Catalog, file: Source, told: Iterable[Problem] = ()) -> Iterator[Problem]:
    """Every example that comes out otherwise, and what the examples of an entry do not reach.

    Nothing is said of an entry in which something was *told* already.
    """
    places = sorted(problem.source.outermost(problem.span)[1].start for problem in told)
    for formula, examples, baseline in steps(_carrying(catalog), "checking", of="examples"):
        host = examples.host
        if bisect_left(places, host.start) == bisect_left(places, host.end):  # none lies between
            yield from _of_examples(formula, examples, baseline, file)


def _carrying(catalog: Catalog) -> Iterator[tuple[Formula, Examples, str | None]]:
    for kpi in catalog.kpis.values():
        if kpi.examples:
            yield kpi.formula, kpi.examples, None
    for plan in catalog.plans.values():
        for entry in plan:
            if entry.examples:
                yield entry.formula, entry.examples, entry.baseline


def _of_examples(formula: Formula, examples: Examples, baseline: str | None, file: Source) -> Iterator[Problem]:
    from kpi.examples.coverage import unreached

    results = [example.result(formula, baseline) for example in examples]
    different = [
        problem
        for example, result in zip(examples, results, strict=True)
        for problem in _differences(example, result, file)
    ]
    yield from different
    if not different:  # what comes out otherwise reaches other things than its author meant
        for missing in unreached(formula, results):
            yield Problem(missing.code, file, examples.at, missing.facts)


def _differences(example: Example, result: Result, file: Source) -> Iterator[Problem]:
    """What comes out otherwise than expected: the outcome, else the value."""
    found = outcome_of(result)
    if example.outcome is not None and found is not example.outcome:
        from kpi.evaluation.wording import WORDS

        facts = {
            "found": WORDS["en"][found],
            "found_ja": WORDS["ja"][found],
            "expected": WORDS["en"][example.outcome],
            "expected_ja": WORDS["ja"][example.outcome],
            "why": result.why.summary("en"),
            "why_ja": result.why.summary("ja"),
        }
        yield Problem("example-outcome", file, example.outcome_at, facts)
    elif example.value is not None and not has_value(result, example.value):
        facts = {"found": "no value", "found_ja": "値なし", "expected": example.value}
        if result.value is not None:
            facts |= {"found": result.value.text("en"), "found_ja": result.value.text("ja")}
        yield Problem("example-value", file, example.value_at, facts)
