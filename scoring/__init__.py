"""From activity and a rubric to a ranking; pure."""
