"""The activity database: models, writes, reads, stable views."""
