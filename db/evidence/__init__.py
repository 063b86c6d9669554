"""What posts rest on: pages in WARC files, their records, and what may be removed."""
