"""Which data set an address names, and what of it.

``…/data-sets/{id}/query`` takes, after a ``?``, what the service documents for a ``GET``, a
parameter given as often as it has values::

    dataSetVersion=1.*&geographicLevels.in=LA&geographicLevels.in=SCH
    &timePeriods.gte=2020/2021|AY&locations.eq=LA|code|E06000017
    &filters.in=school_type|Total&indicators=headcount

or ``criteria`` with the JSON of a ``POST``, for conditions joined by ``and``, ``or`` and ``not``.
Ids of filter options and indicators cannot be read by people; the names in the data set's own
columns may be written in their place: ``column|label`` of an option, ``column`` of an indicator.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from ingest.errors import FetchFailed

_DATA_SET: Final = re.compile(r"^(?P<root>.+/v\d+)/data-sets/(?P<id>[^/]+)/(?P<what>query|csv)/?$")
FACETS: Final = ("filters", "geographicLevels", "locations", "timePeriods")
MANY: Final = ("in", "notIn")
ONE: Final = ("eq", "notEq", "gt", "gte", "lt", "lte")
NEWEST: Final = "*"


@dataclass(frozen=True, slots=True)
class DataSetQuery:
    """A data set, and the rows and columns of it that are wanted.

    Attributes:
        root: address of the service.
        data_set_id: the data set.
        version: the version wanted; ``1.*`` is the newest that keeps what 1.0 promised.
        criteria: which rows, in the form of a ``POST``; none for all.
        indicators: ids or columns; none for all.
    """

    root: str
    data_set_id: str
    version: str = NEWEST
    criteria: Any = None
    indicators: tuple[str, ...] = ()

    @property
    def is_pinned(self) -> bool:
        """Whether the version names one and no other."""
        return NEWEST not in self.version

    @classmethod
    def of(cls, address: str) -> "DataSetQuery":
        """Read an address.

        Raises:
            FetchFailed: it names no data set, or asks what cannot be asked.
        """
        parts = urlsplit(address)
        found = _DATA_SET.match(urlunsplit(parts._replace(query="", fragment="")))
        if found is None:
            raise FetchFailed(f"{address} names no data set of Explore Education Statistics")
        asked = parse_qsl(parts.query, keep_blank_values=True)
        versions = [value for name, value in asked if name == "dataSetVersion"]
        conditions = [pair for pair in asked if pair[0] not in {"dataSetVersion", "indicators"}]
        return cls(
            root=found["root"],
            data_set_id=found["id"],
            version=versions[-1] if versions else NEWEST,
            criteria=_criteria(conditions, address),
            indicators=tuple(value for name, value in asked if name == "indicators"),
        )


def is_data_set(address: str) -> bool:
    """Say whether an address is a data set of the service, as rows or as a download.

    >>> is_data_set("https://api.education.gov.uk/statistics/v1/data-sets/5/csv?dataSetVersion=1.0")
    True
    >>> is_data_set("https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/5/csv")
    False
    """
    return _DATA_SET.match(address.partition("?")[0]) is not None


def is_data_set_query(address: str) -> bool:
    """Say whether an address is to be asked page by page.

    >>> is_data_set_query("https://api.education.gov.uk/statistics/v1/data-sets/5/query")
    True
    >>> is_data_set_query("https://api.education.gov.uk/statistics/v1/data-sets/5/csv")
    False
    """
    found = _DATA_SET.match(address.partition("?")[0])
    return found is not None and found["what"] == "query"


def _criteria(asked: list[tuple[str, str]], address: str) -> Any:  # noqa: ANN401 - JSON
    """Return the conditions of an address as the ``criteria`` of a ``POST``."""
    given = dict(asked)
    if "criteria" in given:
        if len(asked) > 1:
            raise _misasked(address, "criteria cannot stand beside other conditions")
        try:
            return json.loads(given["criteria"])
        except ValueError as error:
            raise _misasked(address, f"criteria is not JSON: {error}") from None
    criteria: dict[str, dict[str, Any]] = {}
    for name, text in asked:
        facet, _, comparator = name.partition(".")
        if facet not in FACETS or comparator not in (*MANY, *ONE):
            raise _misasked(address, f"{name} is no condition of the service")
        conditions = criteria.setdefault(facet, {})
        value = _value(facet, text, address)
        if comparator in MANY:
            conditions.setdefault(comparator, []).append(value)
        else:
            conditions[comparator] = value
    return criteria or None


def _value(facet: str, text: str, address: str) -> Any:  # noqa: ANN401 - JSON
    """Write one value of a ``GET`` as a ``POST`` has it."""
    parts = text.split("|")
    if facet == "locations":
        if len(parts) != 3:  # noqa: PLR2004 - level, property, value
            raise _misasked(address, f"{text} is not written level|property|value")
        return {"level": parts[0], parts[1]: parts[2]}
    if facet == "timePeriods":
        if len(parts) != 2:  # noqa: PLR2004 - period, code
            raise _misasked(address, f"{text} is not written period|code")
        return {"period": parts[0], "code": parts[1]}
    return text


def _misasked(address: str, told: str) -> FetchFailed:
    return FetchFailed(f"{address}: {told}", hint="correct the address in the declaration.")
