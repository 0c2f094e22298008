"""Which years the sample's files are about, and how publishers write a school year."""

from typing import Final

from config.terms import AcademicYear
from ingest.sample.people.years import FIRST_YEAR, LAST_CENSUS

CENSUSES: Final = tuple(range(LAST_CENSUS - 4, LAST_CENSUS + 1))
"""School years whose census is published school by school."""
RESULTS: Final = tuple(range(LAST_CENSUS - 2, LAST_CENSUS + 1))
"""School years of which tests, examinations and absence are published."""
EVERY_YEAR: Final = tuple(range(FIRST_YEAR, LAST_CENSUS + 1))


def folder_of(academic_year: int) -> str:
    """Return the name of the performance tables' folder of a school year.

    >>> folder_of(2024)
    '2024-2025'
    """
    return f"{academic_year}-{academic_year + 1}"


def digits_of(academic_year: int) -> str:
    """Return a school year as the Department's open data write it.

    >>> digits_of(2024)
    '202425'
    """
    return str(AcademicYear(academic_year)).replace("/", "")


def printed(academic_year: int) -> str:
    """Return a school year as one prints it.

    >>> printed(2024)
    '2024/25'
    """
    return str(AcademicYear(academic_year))
