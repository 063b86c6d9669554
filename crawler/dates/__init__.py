"""Read dates as people and machines write them."""

from crawler.dates.machine import read_machine_date
from crawler.dates.reading import Reading
from crawler.dates.text import find_dates, read_date

__all__ = ["Reading", "find_dates", "read_date", "read_machine_date"]
