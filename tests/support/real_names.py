"""Names of England's places and schools, as the publishers' files have them."""

import re

import osmium
import pandas as pd

REGISTER_PLACES = (
    "LA (name)",
    "Locality",
    "Address3",
    "Town",
    "County (name)",
    "DistrictAdministrative (name)",
    "AdministrativeWard (name)",
)
PLACE_COLUMNS = {
    "la_all_codes.csv": ("LADNM", "UTLANM", "CAUTHNM", "RGNNM"),
    "lookup_lsoa21_ward24_ltla24.csv": ("lsoa21_name", "ward24_name", "ltla24_name"),
    "lookup_lsoa11_lsoa21_ltla22.csv": ("lsoa11_name", "ltla22_name"),
    "lookup_ltla23_utla23.csv": ("ltla23_name", "utla23_name"),
    "ward_ages_mid_2015.csv": ("WardName", "LocalAuthority"),
}
JOINERS = r"\b(?:and|with|cum|next|on|by|in|upon|under|the|north|south|east|west|great|little)\b"


def plain(name):
    """Spell a name without case, punctuation or spaces that tell two apart."""
    name = re.sub(r"['.\u2019]", "", name.casefold().replace("&", " and "))
    return " ".join(re.findall(r"[a-z0-9]+", name))


def real_places(publishers):
    """Return every name of an authority, district, ward, town or village, and its parts."""
    names = set()
    register = _register(publishers)
    for column in REGISTER_PLACES:
        names.update(register[column])
    for file, columns in PLACE_COLUMNS.items():
        frame = pd.read_csv(publishers / "ons" / file, dtype=str, usecols=list(columns))
        names.update(*(frame[column].dropna() for column in columns))
    wards = pd.read_parquet(publishers / "ons" / "ward25_england.parquet", columns=["WD25NM"])
    names.update(wards["WD25NM"].dropna())
    for extract in (publishers / "osm").glob("*.osm.pbf"):
        names.update(_places_of(extract))
    whole = {plain(re.sub(r" \d{3}[A-Z]$", "", name)) for name in names} - {""}
    parts = {part.strip() for name in whole for part in re.split(JOINERS, name)} - {""}
    return whole | parts


def real_schools(publishers):
    """Return every name in the register, of open and closed establishments."""
    links = pd.read_csv(
        next((publishers / "gias").glob("links_*.csv")), encoding="cp1252", dtype=str
    )
    found = {plain(name) for name in _register(publishers)["EstablishmentName"]}
    return found | {plain(name) for name in links["LinkName"].dropna()}


def _register(publishers):
    return pd.read_csv(
        publishers / "gias" / "edubasealldata20250524.csv",
        encoding="cp1252",
        dtype=str,
        keep_default_na=False,
        usecols=[*REGISTER_PLACES, "EstablishmentName"],
    )


def _places_of(extract):
    tagged = osmium.filter.KeyFilter("place")
    nodes = osmium.FileProcessor(str(extract), osmium.osm.NODE).with_filter(tagged)
    return {node.tags["name"] for node in nodes if "name" in node.tags}
