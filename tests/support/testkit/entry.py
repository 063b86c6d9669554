"""An office of the sample city as its registry names it."""

from datetime import datetime

from activity.agency import RegistryEntry
from samplecity.city import City
from samplecity.office import Office

__all__ = ["enter_office"]


def enter_office(city: City, office: Office, now: datetime) -> RegistryEntry:
    """Give the entry of a registry, with the handles that hold at that moment."""
    agency = next(agency for agency in city.agencies if agency.slug == office.slug)
    addresses = {
        each.channel: each.handle_at(now) if each.handles else f"https://{office.slug}.example.go.id/"
        for each in office.presences
    }
    return RegistryEntry(agency, addresses)
