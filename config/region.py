"""Which part of England one deployment covers: one TOML file a region."""

import difflib
import re
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from config.assumptions import assumptions
from config.authority import Authority, authorities, plain_name, register_code
from config.elevation import Elevation
from config.errors import ConfigError
from config.imports import Import
from config.planning import Planning
from config.timetable import FEEDS, NEIGHBOURS, Timetable, timetable_section

REGIONS_DIR = Path(__file__).parent / "regions"

_PLAIN_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]*")
GssCode = Annotated[str, Field(pattern=r"^E(06|08|09|10)[0-9]{6}$"), AfterValidator(register_code)]


class NewAuthority(BaseModel):
    """An authority that the register has not yet: newly formed, or made up.

    Attributes:
        la_code_dfe: three digits, as the Department's register of schools has them.
        la_code: GSS code, as the boundary files have it.
        name: the name readers see.
        region: the English region it lies in, where it lies in one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    la_code_dfe: str = Field(pattern=r"^[0-9]{3}$")
    la_code: GssCode
    name: str = Field(min_length=1)
    region: str = ""


class Streets(BaseModel):
    """Where the street network comes from.

    Attributes:
        extracts: public extracts to download and join: paths below their publisher's
            ``england/`` folder. The neighbours' are needed too where walks cross the border.
        mirror_files: their names in a mirror folder's ``osm/``, where those are not the
            publisher's.
        files: ``.osm.pbf`` files of the authority's own, absolute or relative to where the atlas
            is started; they win over the public extracts.
        osmnx: there is no extract: OSMnx asks the Overpass API for the streets of the region and
            its border, in one request. Such streets hold no turn restrictions, and the map beneath
            shows roads only.
        may_lack: extracts that cannot be had are left out; without any, an atlas has no travel
            times, and all the rest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    extracts: tuple[str, ...] = ()
    mirror_files: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    osmnx: bool = False
    may_lack: bool = False

    @model_validator(mode="after")
    def _names_one(self) -> "Streets":
        if not (self.extracts or self.files or self.osmnx):
            raise ValueError("needs `extracts`, `files` or `osmnx = true`")
        if self.osmnx and (self.extracts or self.files):
            raise ValueError("names street files, and `osmnx = true` that wants none")
        for names in (self.extracts, self.mirror_files, self.files):
            if len(set(names)) < len(names):
                raise ValueError("names a street file twice")
        for name in (*self.extracts, *self.mirror_files):
            if not _PLAIN_PATH.fullmatch(name) or ".." in name:
                raise ValueError(f"{name!r} is no plain name of a street file")
        if self.mirror_files and len(self.mirror_files) != len(self.extracts):
            raise ValueError("names as many `mirror_files` as `extracts`, or none")
        return self


class Region(BaseModel):
    """One deployment's area: the authorities shown and the border loaded around them.

    Attributes:
        id: lower-case name used in commands, folders and addresses.
        title: the name readers see.
        la_codes: GSS codes of the authorities shown.
        new_authorities: authorities shown or beside those shown that the register has not yet.
        border_km: schools, postcodes and areas this far outside are loaded and marked outside.
        streets: where the street network comes from.
        elevation: where heights come from; hills change nothing if left out.
        timetable: where public transport comes from; ``None`` for an atlas without it.
        own_files: files of the authority's own, by the id of the series whose place they take or
            fill; they win over the publisher's. Absolute, or relative to where the atlas is started
            or to the mirror.
        smallest_count: the smallest count of pupils that is kept of the authority's own counts of
            pupils by home and school; smaller ones are hidden.
        planning: what a place planner sets: docs/planning-settings.md.
        contact: who answers for this atlas; printed at the foot of the page.
        made_up: the data are invented; the page says so.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")
    title: str = Field(min_length=1)
    la_codes: tuple[GssCode, ...] = Field(min_length=1)
    new_authorities: tuple[NewAuthority, ...] = ()
    border_km: float = Field(5.0, ge=0, le=50)
    streets: Streets
    elevation: Elevation | None = None
    timetable: Timetable | None = None
    own_files: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    imports: tuple[Import, ...] = ()
    smallest_count: int = Field(default_factory=lambda: _disclosure("smallest_count"))
    planning: Planning = Field(default_factory=Planning)
    contact: str = ""
    made_up: bool = False

    @field_validator("la_codes")
    @classmethod
    def _each_once(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(codes)) < len(codes):
            raise ValueError("names an authority twice")
        return codes

    @field_validator("smallest_count")
    @classmethod
    def _hides_enough(cls, smallest: int) -> int:
        if smallest < (floor := _disclosure("floor")):
            raise ValueError(f"must be at least {floor}: smaller counts could tell who a pupil is")
        return smallest

    @field_validator("imports")
    @classmethod
    def _ids_once(cls, added: tuple[Import, ...]) -> tuple[Import, ...]:
        if len({each.id for each in added}) < len(added):
            raise ValueError("two tables have the same id")
        return added

    @field_validator("new_authorities")
    @classmethod
    def _are_new(cls, added: tuple[NewAuthority, ...]) -> tuple[NewAuthority, ...]:
        known = {mark: one.name for one in authorities() for mark in _marks(one)}
        for one in added:
            if taken := [mark for mark in _marks(one) if mark in known]:
                raise ValueError(
                    f"{taken[0]!r} of {one.name} is {known[taken[0]]}'s; each needs its own codes "
                    "and name"
                )
            known |= dict.fromkeys(_marks(one), one.name)
        return added

    @model_validator(mode="after")
    def _feeds_are_known(self) -> "Region":
        unknown = self.timetable.unknown_feeds() if self.timetable and not self.made_up else []
        if unknown:
            raise ValueError(
                f"timetable.feeds: {', '.join(unknown)} is no feed of the Bus Open Data Service; "
                f"there are {', '.join(sorted((*FEEDS.values(), *NEIGHBOURS)))}"
            )
        return self

    def register(self) -> tuple[Authority, ...]:
        """Return every authority there is for this region: the register's, then its own."""
        return (*authorities(), *(Authority(**one.model_dump()) for one in self.new_authorities))

    def authorities(self) -> tuple[Authority, ...]:
        """Return the authorities shown, in the file's order."""
        known = {authority.la_code: authority for authority in self.register()}
        return tuple(known[code] for code in self.la_codes)


def load_region(region_id: str, *, regions_dir: Path | None = None) -> Region:
    """Read the region file of this id, the authority's own folder first.

    Raises:
        ConfigError: there is no such file, or it cannot be used; the message says where.
    """
    for folder in _folders(regions_dir):
        path = folder / f"{region_id}.toml"
        if path.is_file():
            return read_region(path)
    known = region_ids(regions_dir=regions_dir)
    near = difflib.get_close_matches(region_id, known, n=1)
    raise ConfigError(
        f"there is no region file for {region_id!r}; there are {', '.join(known)}",
        hint=f"did you mean {near[0]}?"
        if near
        else f'`atlas region new "{region_id}"` writes one for an authority.',
    )


def read_region(path: Path) -> Region:
    """Read one region file.

    Raises:
        ConfigError: not TOML, or a value is missing, unknown or out of range.
    """
    try:
        region = Region(**tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not a TOML file: {error}") from None
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'file'}: {fault['msg']}"
            for fault in error.errors()
        )
        raise ConfigError(f"{path} cannot be used: {faults}") from None
    if region.id != path.stem:
        raise ConfigError(
            f"{path} says id = {region.id!r}", hint=f"call the file {region.id}.toml."
        )
    _refuse_unknown_codes(path, region)
    return region


def region_ids(*, regions_dir: Path | None = None) -> list[str]:
    """List the ids of every region file there is."""
    return sorted({path.stem for folder in _folders(regions_dir) for path in folder.glob("*.toml")})


def region_file(authority: Authority) -> tuple[str, str]:
    """Write the text of a region file for one authority; return its id and the text."""
    region_id = re.sub(r"[^a-z0-9]+", "-", authority.name.casefold()).strip("-")
    text = f"""\
id = "{region_id}"
title = "{authority.name}"
la_codes = ["{authority.la_code}"]

# Schools, postcodes and areas this far outside the border are loaded too, marked as outside.
border_km = 5

# Who answers questions about this atlas; printed at the foot of the page.
contact = ""

[streets]
# The public street extracts that cover the authority. Add the neighbours' where walks cross the
# border. Files of your own win: files = ["….osm.pbf"]. With neither, osmnx = true asks the
# Overpass API for the streets.
extracts = [{", ".join(f'"{extract}"' for extract in authority.street_extracts)}]
{timetable_section(authority.region)}"""
    return region_id, text


def _disclosure(name: str) -> int:
    return int(assumptions("disclosure")[name].value)


def _folders(regions_dir: Path | None) -> list[Path]:
    return [folder for folder in (regions_dir, REGIONS_DIR) if folder is not None]


def _marks(authority: Authority | NewAuthority) -> tuple[str, str, str]:
    """Return what tells an authority from every other."""
    return authority.la_code_dfe, authority.la_code, plain_name(authority.name)


def _refuse_unknown_codes(path: Path, region: Region) -> None:
    known = {authority.la_code for authority in region.register()}
    if unknown := [code for code in region.la_codes if code not in known]:
        raise ConfigError(
            f"{path}: la_codes names {', '.join(unknown)}, which is no authority in the register",
            hint="`atlas region list` prints the codes; an authority that is newer than the "
            "register goes under [[new_authorities]].",
        )
