"""From a checked definition to arithmetic on whole numbers, which Python, data frames and SQL engines all do exactly."""
