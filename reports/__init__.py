"""From a ranking to what people read; pure."""
