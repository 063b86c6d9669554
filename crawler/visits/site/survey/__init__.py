"""What one visit gathers: each part with the one module that writes it."""
