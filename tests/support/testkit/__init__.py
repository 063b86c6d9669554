"""Shared by the tests; put on their path by `pythonpath` in pyproject.toml."""
