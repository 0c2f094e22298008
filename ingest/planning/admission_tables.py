"""Tables of a build that tell of admissions."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class AdmissionTables:
    """Tables of a build that tell of admissions; any may be empty.

    Attributes:
        population: rows of ``population``.
        numbers: rows of ``admission_number``.
        distances: rows of ``offer_distance``.
        criterion: rows of ``admission_criterion``.
        areas: rows of ``admission_area``.
        school_values: rows of ``school_value`` on preferences.
        authority_values: rows of ``authority_value`` on applications.
    """

    population: pd.DataFrame
    numbers: pd.DataFrame
    distances: pd.DataFrame
    criterion: pd.DataFrame
    areas: pd.DataFrame
    school_values: pd.DataFrame
    authority_values: pd.DataFrame
