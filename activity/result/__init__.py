"""What a semester comes to, as pages, papers and messages show it."""
