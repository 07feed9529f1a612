"""Time as plans count it: eras, fiscal years and their parts, dates, deadlines, months of treatment.

Business days stand in `kpi.periods.business_days`.
"""

from kpi.periods.dates import japanese_date, month_end, read_date
from kpi.periods.deadlines import deadline, is_within
from kpi.periods.reading import FIRST_YEAR, LAST_YEAR, fiscal_year, read_period
from kpi.periods.spans import FiscalYear, HalfYear, Month, Period, Quarter
from kpi.periods.treatment import paid_in, reviewed_in, treated_in

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "FiscalYear",
    "HalfYear",
    "Month",
    "Period",
    "Quarter",
    "deadline",
    "fiscal_year",
    "is_within",
    "japanese_date",
    "month_end",
    "paid_in",
    "read_date",
    "read_period",
    "reviewed_in",
    "treated_in",
]
