"""KPIs over data frames of polars, pandas and pyarrow: their columns as NumPy arrays of whole numbers."""
