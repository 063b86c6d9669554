"""What one account did, measured: counts, coverage, silence, and the score of its metrics."""
