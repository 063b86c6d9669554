"""Posts that a browser extension captured while a person looked at them."""
