"""The vocabulary every other package speaks: pure values, no input or output."""
