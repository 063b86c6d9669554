"""Backups: a database and what it rests on in one file, made beside a running crawl, and taken back."""
