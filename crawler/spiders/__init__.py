"""Scrapy spiders, one a channel; each drives visits and knows nothing else."""
