"""From records to verdicts: what KPIs count is computed where the records lie, and then decided like any other count."""

from kpi.records.evaluating import evaluate_records
from kpi.records.query import records_sql

__all__ = ["evaluate_records", "records_sql"]
