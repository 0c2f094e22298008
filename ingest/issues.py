"""The issue log: every odd thing found while building, and what was done about it."""

from dataclasses import asdict, dataclass, field
from typing import Literal

import pandas as pd

from ingest.errors import CheckFailed

Severity = Literal["note", "warning"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One odd thing: which rule, what it is about, what was found and done."""

    rule: str
    subject: str
    says: str
    severity: Severity = "warning"


@dataclass(slots=True)
class IssueLog:
    """Collects the issues of one step, in the order found."""

    issues: list[Issue] = field(default_factory=list)

    def note(self, rule: str, subject: str, says: str) -> None:
        """Write down something worth knowing that changes no figure."""
        self.issues.append(Issue(rule, subject, says, "note"))

    def warn(self, rule: str, subject: str, says: str) -> None:
        """Write down something that a reader of a figure should know."""
        self.issues.append(Issue(rule, subject, says, "warning"))

    def refuse_if_many(self, rule: str, *, found: int, of: int, most_pct: float = 5.0) -> None:
        """Stop when a rule is broken so often that the file cannot be the one declared.

        Raises:
            CheckFailed: more than ``most_pct`` per cent of the rows break the rule.
        """
        if found > of * most_pct / 100:
            examples = [issue for issue in self.issues if issue.rule == rule][:3]
            listed = "; ".join(f"{issue.subject}: {issue.says}" for issue in examples)
            raise CheckFailed(
                f"{rule}: {found:,} of {of:,} rows, more than {most_pct:g} % ({listed})",
                hint="compare the file with the last one that loaded; nothing was changed.",
            )

    def frame(self, step: str) -> pd.DataFrame:
        """Return the log as rows of the ``issue`` table, still without running numbers."""
        columns = ["rule", "subject", "says", "severity"]
        rows = pd.DataFrame([asdict(issue) for issue in self.issues], columns=columns)
        return rows.assign(step=step)
