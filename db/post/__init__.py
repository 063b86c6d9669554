"""Posts as they are stored: merged with what was known, under one key, with one claim of a date."""
