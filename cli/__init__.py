"""The command line and composition root: the only reader of the environment."""
