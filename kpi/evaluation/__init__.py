"""Evaluation: from a checked formula, its rule and what was observed to a result with its reasons."""
