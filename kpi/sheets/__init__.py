"""Tables of cells, wherever they come from: CSV, Excel, Parquet, frames. Each cell is the text that its reader sees."""
