"""The language: nodes, parser, checker, evaluator and printers. It knows nothing of files, plans or tables."""
