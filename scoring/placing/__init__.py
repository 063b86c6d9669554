"""From measured accounts to places: merit, ranges, stability, prizes, standings."""
