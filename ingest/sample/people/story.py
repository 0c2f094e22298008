"""What happened to schools, told for the truth: events with their URNs and years."""

from typing import Any

import pandas as pd

from ingest.sample.people.needs import Land
from ingest.sample.people.plan import Schools
from ingest.sample.people.provision import ALWAYS, NEVER, NONE, Provision
from ingest.sample.people.years import FIRST_YEAR

Event = dict[str, Any]


def story_of(schools: pd.DataFrame, provisions: Schools, land: Land) -> list[Event]:
    """Tell what happened to schools since 2015, and what is planned.

    Args:
        schools: the register's rows.
        provisions: behind them.
        land: with the sites.

    Returns:
        One event each, with ``what`` and the URNs: opened, closed, amalgamated, became an
        academy, renamed, moved, admits another number, stands on two sites, lies in two planning
        areas.
    """
    today = schools.drop_duplicates("provision", keep="last")
    last = today.set_index("provision")["urn"]
    urns = [int(last[row]) for row in range(len(provisions))]
    events = _new_numbers(schools)
    for urn, provision in zip(urns, provisions, strict=True):
        events += _of_its_life(urn, provision, urns)
        events += _of_its_site(urn, provision, land)
        events += [
            {"what": "admits another number", "urn": urn, "academic_year": year, "places": places}
            for year, places in provision.changes
        ]
    between = today[today["planning_areas"].map(len) > 1]
    events += [
        {"what": "lies in two planning areas", "urn": int(urn), "planning_areas": list(areas)}
        for urn, areas in zip(between["urn"], between["planning_areas"], strict=True)
    ]
    return events


def _new_numbers(schools: pd.DataFrame) -> list[Event]:
    """Tell of schools that got another URN, some of them with another name."""
    events: list[Event] = []
    new = schools[schools["follows"] != NONE]
    before = schools.iloc[new["follows"].to_numpy()]
    for old, row in zip(before.to_dict("records"), new.to_dict("records"), strict=True):
        event = {"urn": row["urn"], "from_urn": old["urn"], "date": row["open_date"]}
        events.append({"what": "became an academy", **event})
        if old["name"] != row["name"]:
            names = {"name": row["name"], "from_name": old["name"]}
            events.append({"what": "renamed", **event, **names})
    return events


def _of_its_life(urn: int, provision: Provision, urns: list[int]) -> list[Event]:
    if provision.heir != NONE:
        into = {"into_urn": urns[provision.heir], "academic_year": provision.closes}
        return [{"what": "amalgamated", "urn": urn, **into}]
    events: list[Event] = []
    if provision.opens not in (ALWAYS, *range(FIRST_YEAR)) and provision.story != "amalgamated":
        grows = {"grows_a_year_group_a_year": provision.grows}
        events.append({"what": "opened", "urn": urn, "academic_year": provision.opens, **grows})
    if provision.closes != NEVER:
        events.append({"what": "closed", "urn": urn, "academic_year": provision.closes})
    return events


def _of_its_site(urn: int, provision: Provision, land: Land) -> list[Event]:
    here = _point(land, provision.site)
    if provision.old_site != NONE:
        there = _point(land, provision.old_site)
        year = {"academic_year": provision.moved}
        return [{"what": "moved", "urn": urn, **year, "from": there, "to": here}]
    if provision.second_site != NONE:
        second = _point(land, provision.second_site)
        return [{"what": "stands on two sites", "urn": urn, "at": [here, second]}]
    return []


def _point(land: Land, site: int) -> list[int]:
    return [round(float(land.sites[axis].iloc[site])) for axis in "xy"]
