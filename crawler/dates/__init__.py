"""Read dates as people and machines write them."""

from crawler.dates.machine import read_machine_date
from crawler.dates.reading import DateReading
from crawler.dates.text import find_dates, read_date

__all__ = ["DateReading", "find_dates", "read_date", "read_machine_date"]
