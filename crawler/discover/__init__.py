"""Find the addresses at which a site lists its posts."""
