"""The packages that Denyut stands on leave it under its own licence (docs/decisions/0029)."""

import re
from importlib.metadata import Distribution, distributions

# Each may be used by a program under MIT; MPL and LGPL as they come, where whoever runs it can replace them.
_FREE = re.compile(
    r"\b(?:MIT(?:-0)?|0?BSD|Apache|PSF-?2?|PSFL|Python Software Foundation|ISCL?|ZPL|Zlib|CC0|MPL|LGPL|"
    r"Public Domain)\b"
)
_BINDING = re.compile(r"(?<!L)(?:GPL|AGPL|EUPL|SSPL|BUSL)|GNU (?:Affero )?General|Proprietary", re.I)
_UNSAID = {"axe-playwright-python": "MIT in its LICENSE; for tests alone"}


def _licence_of(package: Distribution) -> str:
    meta = package.metadata
    said = [*(meta.get_all("License-Expression") or ()), *(meta.get_all("License") or ())]
    said += [each for each in meta.get_all("Classifier") or () if each.startswith("License")]
    return " ".join(each.partition("\n")[0] for each in said)


def test_no_package_binds_denyut_to_another_licence() -> None:
    told = {each.metadata["Name"]: _licence_of(each) for each in distributions()}
    unknown = {name for name, licence in told.items() if not _FREE.search(licence)} - _UNSAID.keys()
    assert unknown == set()
    assert {name for name, licence in told.items() if _BINDING.search(licence)} == set()
