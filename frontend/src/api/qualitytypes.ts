/** What the API says of data quality and of series, as types. */

export interface QualityCase {
  subject: string;
  urn: number | null;
  /** This atlas has a page of that school. */
  in_atlas: boolean;
  says: string;
}

export interface QualityCheck {
  check: string;
  title: string;
  says: string;
  what_to_do: string;
  /** 0: there was nothing to look at. */
  looked_at: number;
  count: number;
  worst: QualityCase[];
}

export interface CountCompared {
  phase: string;
  source: string;
  period: string;
  schools: number;
  pupils: number;
}

export interface IssueGroup {
  step: string | null;
  title: string;
  severity: string | null;
  rule: string | null;
  count: number;
  example: string | null;
}

export interface Quality {
  sentence: string;
  checks: QualityCheck[];
  compared: CountCompared[];
  issues: IssueGroup[];
  sources: string[];
}

export interface Issue {
  issue_id: number;
  step: string | null;
  severity: string | null;
  rule: string | null;
  subject: string | null;
  says: string | null;
}

export interface SeriesHeld {
  source_id: string;
  title: string;
  publisher: string;
  landing_page: string;
  licence: string | null;
  attribution: string;
  caveats: string[];
  is_held: boolean;
  why_not: string | null;
  releases: string[];
  files: number;
  fetched_on: string | null;
  every: string;
  next_due: string | null;
  is_overdue: boolean;
  rows: number | null;
  issues: number | null;
}
