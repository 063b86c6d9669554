"""Profile pages that a person saved from the browser."""
