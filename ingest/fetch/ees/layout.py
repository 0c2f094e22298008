"""Turns rows of ids into the layout of the service's own CSV files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from ingest.errors import FetchFailed
from ingest.fetch.ees.answers import LocationGroup, Meta, Row

T = TypeVar("T")

PLACES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "NAT": (("country_code", "code"), ("country_name", "label")),
    "REG": (("region_code", "code"), ("region_name", "label")),
    "LA": (("new_la_code", "code"), ("old_la_code", "old_code"), ("la_name", "label")),
    "LAD": (("lad_code", "code"), ("lad_name", "label")),
    "PA": (("planning_area_code", "code"), ("planning_area_name", "label")),
    "SCH": (("school_urn", "urn"), ("school_laestab", "la_estab"), ("school_name", "label")),
    "WARD": (("ward_code", "code"), ("ward_name", "label")),
    "PCON": (("pcon_code", "code"), ("pcon_name", "label")),
    "LEP": (
        ("local_enterprise_partnership_code", "code"),
        ("local_enterprise_partnership_name", "label"),
    ),
    "LSIP": (("lsip_code", "code"), ("lsip_name", "label")),
    "EDA": (("english_devolved_area_code", "code"), ("english_devolved_area_name", "label")),
    "MCA": (
        ("mayoral_combined_authority_code", "code"),
        ("mayoral_combined_authority_name", "label"),
    ),
    "OA": (("opportunity_area_code", "code"), ("opportunity_area_name", "label")),
    "MAT": (("trust_id", "code"), ("trust_name", "label")),
    "SPON": (("sponsor_id", "code"), ("sponsor_name", "label")),
    "INST": (("institution_id", "code"), ("institution_name", "label")),
    "PROV": (("provider_ukprn", "ukprn"), ("provider_name", "label")),
    "RSC": (("rsc_region_lead_name", "label"),),
}
"""Columns of each kind of place, and which property of a place fills them."""

PERIODS: Final = {
    "AY": "Academic year",
    "CY": "Calendar year",
    "FY": "Financial year",
    "TY": "Tax year",
    "RY": "Reporting year",
    "T1": "Autumn term",
    "T2": "Spring term",
    "T3": "Summer term",
    "T1T2": "Autumn and spring term",
}
"""What the files call a kind of period; the others are called by their code."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file, and how a row of ids fills them."""

    meta: Meta
    indicators: tuple[str, ...]

    @property
    def columns(self) -> list[str]:
        """Name the columns, in the order of the service's own files."""
        places = [name for group in self._groups() for name, _ in _columns(group)]
        filters = [each.column for each in self.meta.filters]
        figures = {each.id: each.column for each in self.meta.indicators}
        return [
            "time_period",
            "time_identifier",
            "geographic_level",
            *places,
            *filters,
            *(figures[each] for each in self.indicators),
        ]

    def writer(self) -> Callable[[Row], list[str]]:
        """Return what turns one row of ids into cells.

        Raises (when called):
            FetchFailed: an id that the data set's description does not know.
        """
        levels = {level.code: level.label or level.code for level in self.meta.geographic_levels}
        places = {group.level.code: _places(group) for group in self.meta.locations}
        nowhere = {level: [""] * len(_columns(level)) for level in places}
        groups = self._groups()
        options = {
            each.id: {option.id: option.label for option in each.options}
            for each in self.meta.filters
        }

        def cells(row: Row) -> list[str]:
            line = [
                row.time_period.period.replace("/20", "").replace("/", ""),
                PERIODS.get(row.time_period.code, row.time_period.code),
                levels.get(row.geographic_level, row.geographic_level),
            ]
            for level in groups:
                line += _known(places[level], row.locations.get(level), nowhere[level])
            line += [_known(options[each], row.filters.get(each), "") for each in options]
            line += [row.values.get(each, "") for each in self.indicators]
            return line

        return cells

    def _groups(self) -> list[str]:
        """Name the kinds of places that the data set has, the largest first."""
        order = {level: number for number, level in enumerate(PLACES)}
        codes = [group.level.code for group in self.meta.locations]
        return sorted(codes, key=lambda code: (order.get(code, len(order)), code))


def _columns(level: str) -> tuple[tuple[str, str], ...]:
    name = level.lower()
    return PLACES.get(level, ((f"{name}_code", "code"), (f"{name}_name", "label")))


def _places(group: LocationGroup) -> dict[str, list[str]]:
    """Return the cells of each place of one kind, by its id."""
    names = [name for _, name in _columns(group.level.code)]
    return {each.id: [str(getattr(each, name)) for name in names] for each in group.options}


def _known(things: Mapping[str, T], wanted: str | None, otherwise: T) -> T:
    if wanted is None:
        return otherwise
    if wanted not in things:
        raise FetchFailed(
            f"a row holds the id {wanted!r}, which the data set's description does not know",
            hint="try again: a new version was probably being published.",
        )
    return things[wanted]
