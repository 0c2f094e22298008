"""What the checks of the data say together."""

from collections.abc import Sequence

from api.quality.finding import Finding
from config.plurals import counted


def quality_sentence(found: Sequence[Finding], issues: int) -> str:
    """Say how many checks found something, and how long the issue log is.

    >>> quality_sentence([], 0)
    'Nothing was checked. The issue log of the build is empty.'
    """
    asked = [one for one in found if one.looked_at]
    troubled = [one for one in asked if one.cases]
    log = (
        f"The issue log of the build has {counted(issues, 'entry', 'entries')}."
        if issues
        else "The issue log of the build is empty."
    )
    if not asked:
        return f"Nothing was checked. {log}"
    cases = sum(len(one.cases) for one in troubled)
    checks = counted(len(asked), "check", "checks")
    if not troubled:
        return f"{checks} found nothing to mend. {log}"
    return (
        f"Of {checks}, {len(troubled)} found something to look at: "
        f"{counted(cases, 'case', 'cases')} in all. {log}"
    )
