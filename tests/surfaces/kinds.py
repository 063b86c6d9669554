"""All surfaces that are measured."""

from typing import Final

from tests.surfaces.cards import cards
from tests.surfaces.faces.astray import astray
from tests.surfaces.faces.builds import builds
from tests.surfaces.faces.doings import doings
from tests.surfaces.faces.lists import lists
from tests.surfaces.faces.onward import onward
from tests.surfaces.faces.sites import sites
from tests.surfaces.faces.themes import themes
from tests.surfaces.forms import forms
from tests.surfaces.later import later
from tests.surfaces.offices import offices
from tests.surfaces.pages import pages
from tests.surfaces.programs import programs
from tests.surfaces.rows import rows
from tests.surfaces.surface import Surface
from tests.surfaces.systems import systems
from tests.surfaces.told import told

__all__ = ["SURFACES"]

SURFACES: Final[tuple[Surface, ...]] = (
    *forms(),
    *cards(),
    *pages(),
    *rows(),
    *systems(),
    *later(),
    *told(),
    *offices(),
    *programs(),
    *sites(),
    *lists(),
    *doings(),
    *builds(),
    *astray(),
    *onward(),
    *themes(),
)
