"""The sound catalogue with a table of records, and what is told about it when texts in it are replaced."""

from __future__ import annotations

from pathlib import Path

from kpi.catalogue.loader import read_catalog

SOUND_RECORDS = (Path(__file__).parent / "data" / "catalogues" / "sound_with_records.yaml").read_text("utf-8")
EXEMPT = "{ja: 評価対象外, en: claims that do not count, condition: after_loss or voluntary}"
COUNTABLE = "{ja: 評価対象, en: claims that count, condition: not exempt}"
RECORDS = "records: count(claims where paid is known and countable)"
FORMULA = "count(claims where business_days(received, paid) <= 10 and countable)"


def changed(*replacements):
    """The catalogue with texts replaced, each of which stands in it once."""
    text = SOUND_RECORDS
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def read(*replacements):
    """What is read of it, and its problems."""
    return read_catalog(changed(*replacements), "catalog.yaml")


def told(*replacements):
    """The code of each problem, with the text from there to the end of its line."""
    text = changed(*replacements)
    lines = text.split("\n")
    return [(one.code, lines[one.line - 1][one.column - 1 :]) for one in read_catalog(text, "catalog.yaml")[1]]
