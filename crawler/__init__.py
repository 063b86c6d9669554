"""From a target to a harvest: pure visits, and the thin edges that drive them."""
