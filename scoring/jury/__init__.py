"""What people decide, as scoring uses it: decisions, treatment of flags, sheets."""
