"""Cohort survival 3:2:1 as planners' scripts do it with pandas: one by one, or all at once."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import pandas as pd

from planning.forecast.inputs import GROUPS, Rolls

Frame = TypeVar("Frame", pd.DataFrame, "pd.Series[float]")

WEIGHTS = np.array([1.0, 2.0, 3.0])
"""Of the last three years, the oldest first."""


def long_table(rolls: Rolls) -> pd.DataFrame:
    """Lay rolls out as a file holds them: a row per school, year and year group."""
    index = pd.MultiIndex.from_product(
        [rolls.urns, rolls.years, GROUPS], names=["urn", "academic_year", "year_group"]
    )
    return pd.DataFrame({"pupils": rolls.pupils.ravel()}, index=index).reset_index()


def school_by_school(table: pd.DataFrame, *, years: int) -> pd.DataFrame:
    """Forecast every school by itself; a row per school and year, a column per year group."""
    by_school = _wide(table).groupby(level="urn")
    return pd.concat({urn: _of_school(each.droplevel(0), years) for urn, each in by_school})


def all_at_once(table: pd.DataFrame, *, years: int) -> pd.DataFrame:
    """Forecast all schools in one table, year by year; rows and columns likewise."""
    wide = _wide(table)
    by_school = wide.groupby(level="urn")
    weight = np.tile(WEIGHTS, by_school.ngroups)
    recent = by_school.tail(3)
    before = by_school.shift(1).shift(1, axis=1).loc[recent.index]
    stayed, could = (
        each.mul(weight, axis=0).groupby(level="urn").sum() for each in (recent, before)
    )
    ratios = _ratios(stayed, could)
    last = by_school.tail(1).droplevel(1)
    below = by_school.nth(-2).droplevel(1).shift(1, axis=1, fill_value=0)
    enters = (last > 0) & (below == 0)
    intake = stayed / WEIGHTS.sum()
    ahead = {}
    for year in range(years):
        last = (last.shift(1, axis=1, fill_value=0) * ratios).where(~enters, intake)
        ahead[year] = last
    return pd.concat(ahead).swaplevel().sort_index()


def _wide(table: pd.DataFrame) -> pd.DataFrame:
    wide = table.pivot_table(index=["urn", "academic_year"], columns="year_group", values="pupils")
    return wide[list(GROUPS)]


def _of_school(roll: pd.DataFrame, years: int) -> pd.DataFrame:
    recent, before = roll.iloc[-3:], roll.shift(1).shift(1, axis=1).iloc[-3:]
    stayed = recent.mul(WEIGHTS, axis=0).sum()
    ratios = _ratios(stayed, before.mul(WEIGHTS, axis=0).sum())
    enters = (roll.iloc[-1] > 0) & (roll.iloc[-2].shift(1, fill_value=0) == 0)
    now = roll.iloc[-1]
    ahead = []
    for _ in range(years):
        now = (now.shift(1, fill_value=0) * ratios).where(~enters, stayed / WEIGHTS.sum())
        ahead.append(now)
    return pd.DataFrame(ahead, index=range(years))


def _ratios(stayed: Frame, could: Frame) -> Frame:
    return (stayed / could).replace([np.inf, -np.inf], np.nan).fillna(0)
