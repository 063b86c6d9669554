"""The analysts' views handed out: as rows, as one SQLite file, as Parquet."""
