"""What each kind of problem says, in English and Japanese.

A code is stable: tools select and silence problems by it. `{…}` are the facts of one problem.
"""

from __future__ import annotations

from typing import Final

from kpi.messages.catalogue import CATALOGUE
from kpi.messages.formulas import FORMULAS
from kpi.messages.observations import OBSERVATIONS
from kpi.messages.records import RECORDS
from kpi.messages.yaml import YAML

MESSAGES: Final = {**FORMULAS, **RECORDS, **OBSERVATIONS, **YAML, **CATALOGUE}
"""Every code with its message by language."""
