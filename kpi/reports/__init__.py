"""Reports: the results of a plan as a page, as Markdown, as a workbook and as data."""
