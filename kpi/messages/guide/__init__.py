"""The guide to the problems: for each code why it is one, a wrong example and a right one.

It is loaded where it is asked for: by the documentation, and by the forms that carry a help text.
"""

from __future__ import annotations

from typing import Final

from kpi.messages.guide.advice import Advice, Host
from kpi.messages.guide.entries import ENTRIES
from kpi.messages.guide.examples import EXAMPLES
from kpi.messages.guide.fields import FIELDS
from kpi.messages.guide.formulas import FORMULAS
from kpi.messages.guide.kpis import KPIS
from kpi.messages.guide.observations import OBSERVATIONS
from kpi.messages.guide.records import RECORDS
from kpi.messages.guide.snippets import snippets, sound_catalogue
from kpi.messages.guide.yaml import YAML

__all__ = ["GUIDE", "Advice", "Host", "snippets", "sound_catalogue"]

GUIDE: Final[dict[str, Advice]] = {
    **FORMULAS,
    **RECORDS,
    **FIELDS,
    **KPIS,
    **ENTRIES,
    **EXAMPLES,
    **YAML,
    **OBSERVATIONS,
}
"""The advice on every code."""
