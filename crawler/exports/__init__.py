"""Files that an office can hand in instead of a token; one format a module, each a pure reader."""
