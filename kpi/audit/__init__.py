"""The audit: every published figure recomputed from the numbers that were published with it."""
