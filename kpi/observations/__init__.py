"""Observations: values of variables and KPIs for an organisation and period, each with its as-of date and source."""
