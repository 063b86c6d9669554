"""A list of agencies and their accounts: its header, its cells, and which agency a person means."""
