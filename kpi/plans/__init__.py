"""Plans: the KPIs that an organisation sets for a fiscal year, and the scorecard of their results."""
