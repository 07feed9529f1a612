"""KPIs as one SQL text, for engines that read SQL: rows, look-ups, whole numbers and verdicts, one stage each."""
