"""Reports: the results of a plan as a page, as Markdown, as a workbook and as data."""

from __future__ import annotations

from kpi.reports.forms import Form, form_of, written
from kpi.reports.report import Report

__all__ = ["Form", "Report", "form_of", "written"]
