"""Posts in JSON: the state of a script-drawn page, or what its script asks for."""
