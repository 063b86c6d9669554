"""One post's own page: whether it is one, its title, and its date with every witness."""
