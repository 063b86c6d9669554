"""Whether this installation is fit to run every night, and what makes it run."""
