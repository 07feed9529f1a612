"""Examples of a KPI and its rule: inputs with the outcome that they must have, what they reach, and what to try."""
