"""What editors show of formulas and catalogues: colours, problems, completion, hover, definitions, formatting."""
