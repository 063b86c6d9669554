"""Posts in tables, CSV or XLSX, whoever wrote them."""
