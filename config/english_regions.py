"""The nine English regions and England itself, by the names and codes that publishers use."""

from types import MappingProxyType
from typing import Final

ENGLAND: Final = "E92000001"
"""GSS code of England."""

REGIONS: Final = MappingProxyType(
    {
        "North East": "E12000001",
        "North West": "E12000002",
        "Yorkshire and The Humber": "E12000003",
        "East Midlands": "E12000004",
        "West Midlands": "E12000005",
        "East of England": "E12000006",
        "London": "E12000007",
        "South East": "E12000008",
        "South West": "E12000009",
    }
)
"""GSS code of every region, by its name in the register of authorities."""
