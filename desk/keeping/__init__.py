"""What is kept beside the database: backups, evidence, files handed in, and what is pruned."""
