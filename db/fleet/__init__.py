"""Work given out to several machines: who works, what was given to whom. Nothing here is worth a backup."""
