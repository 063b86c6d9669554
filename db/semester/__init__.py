"""A semester: its activity counted, its flags' traces, its ranking, jury and seal."""
