"""Planning areas made from schools, where an authority has published none.

Authorities group the schools that the same families choose between into planning areas and forecast
by these (Department for Education, school capacity survey, guide to forecasting pupil numbers).
Which schools those are is taken here from who lives near them: schools that many small areas have
among their nearest belong together.
"""

import numpy as np

from planning.arrays import Floats, Ints


def links(seconds: Floats, *, nearest: int) -> Floats:
    """Count the homes that have both of two schools among their nearest.

    Args:
        seconds: from every home to every school, shape (homes, schools); ``NaN`` where there is no
            way within the limit.
        nearest: how many schools families are thought to choose between.

    Returns:
        Shape (schools, schools), the same both ways; zero of a school with itself.
    """
    homes, schools = seconds.shape
    far = np.where(np.isnan(seconds), np.inf, seconds)
    first = np.argsort(far, axis=1, kind="stable")[:, :nearest]
    among = np.zeros((homes, schools))
    np.put_along_axis(among, first, 1.0, axis=1)
    among[np.isinf(far)] = 0.0
    shared: Floats = among.T @ among
    np.fill_diagonal(shared, 0.0)
    return shared


def grouped(linked: Floats, points: Floats, *, least: int) -> Ints:
    """Join schools into areas until each has several.

    Agglomerative clustering with a least size: the smallest area joins the one that its schools
    share most homes with, for each school there; where it shares none, the one whose middle is
    nearest. It begins with every school by itself. The same schools always give the same areas.

    Args:
        linked: homes shared by each two schools, shape (schools, schools); see ``links``.
        points: where the schools are, shape (schools, 2), metres.
        least: schools that an area has at least, unless there are fewer in all.

    Returns:
        Number of the area of each school, shape (schools,): areas are numbered by their first
        school.
    """
    schools = len(points)
    member = np.eye(schools, dtype=bool)
    while len(member) > 1:
        sizes = member.sum(axis=1)
        smallest = int(sizes.argmin())
        if sizes[smallest] >= least:
            break
        other = _best(member, smallest, linked, points)
        keep, gone = min(smallest, other), max(smallest, other)
        member[keep] |= member[gone]
        member = np.delete(member, gone, axis=0)
    area: Ints = member.argmax(axis=0).astype(np.int64)
    return area


def area_of_homes(seconds: Floats, area: Ints) -> Ints:
    """Give every home to the area of its nearest school.

    Args:
        seconds: shape (homes, schools); ``NaN`` where there is no way.
        area: number of the area of each school, shape (schools,).

    Returns:
        Shape (homes,); -1 where no school can be reached.
    """
    far = np.where(np.isnan(seconds), np.inf, seconds)
    found: Ints = np.where(np.isinf(far).all(axis=1), -1, area[far.argmin(axis=1)])
    return found


def with_straight_lines(seconds: Floats, metres: Floats) -> Floats:
    """Order the schools that no network leads to behind the others, by straight line.

    The streets may not cover a home, or a school may be farther than the walks that were searched.
    A metre counts as a second more than the longest walk found: only the order of what is returned
    means anything.

    Args:
        seconds: shape (homes, schools); ``NaN`` where there is no way within the limit.
        metres: straight line, same shape; ``NaN`` where a school has no point.
    """
    longest = np.nanmax(seconds) if np.isfinite(seconds).any() else 0.0
    return np.where(np.isnan(seconds), longest + metres, seconds)


def _best(member: np.ndarray, smallest: int, linked: Floats, points: Floats) -> int:
    """Return the area that another should join."""
    sizes = member.sum(axis=1)
    shared = (member @ linked[member[smallest]].sum(axis=0)) / sizes
    middles = (member @ points) / sizes[:, np.newaxis]
    away = np.hypot(*(middles - middles[smallest]).T)
    shared[smallest], away[smallest] = -1.0, np.inf
    return int(np.lexsort((away, -shared))[0])
