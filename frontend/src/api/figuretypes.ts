/** What the API says of figures, as types. Nothing here is made on the page. */
import type { Polarity, Status } from './types';

export interface FileOrigin {
  source_id: string | null;
  release: string | null;
  receipt: string | null;
}

export interface FigurePoint extends FileOrigin {
  period: string;
  value: number | null;
  /** Ends of the 95 % confidence interval, where one is given. */
  low: number | null;
  high: number | null;
  cohort: number | null;
  status: Status;
  /** The value ready to show, or why there is none. */
  words: string;
  published_urn: number | null;
  /** The predecessor it was published for; `null` where it is the school's own. */
  published_name: string | null;
}

export interface FigureContext extends FileOrigin {
  kind: 'authority' | 'england' | 'region_schools';
  name: string;
  period: string;
  /** Of schools: their median. */
  value: number | null;
  /** Of schools: the quartiles. */
  low: number | null;
  high: number | null;
  schools: number | null;
  words: string;
}

export interface Figure {
  measure: string;
  title: string;
  says: string | null;
  unit: string | null;
  decimals: number;
  polarity: Polarity | null;
  method: string | null;
  /** When it is not given, and why. */
  note: string | null;
  is_headline: boolean;
  /** Oldest first. */
  points: FigurePoint[];
  context: FigureContext[];
}

export interface FigureTopic {
  topic: string;
  title: string;
  sentences: string[];
  figures: Figure[];
}

export interface Inspection extends FileOrigin {
  inspected_on: string;
  area: string;
  framework: string | null;
  grade: string | null;
  published_on: string | null;
  is_superseded: boolean;
  status: Status;
  published_name: string | null;
}

export interface Criterion extends FileOrigin {
  academic_year: string;
  rank: number;
  says: string | null;
  offers: number | null;
  source_page: string | null;
}

export interface Group extends FileOrigin {
  group_uid: string;
  name: string;
  group_type: string | null;
  status: string | null;
  joined_on: string | null;
  companies_house_number: string | null;
  members_here: number;
}

export interface SchoolFigures {
  urn: number;
  name: string;
  topics: FigureTopic[];
  inspections: Inspection[];
  inspection_sentences: string[];
  criteria: Criterion[];
  groups: Group[];
  predecessors: { urn: number; name: string | null; is_shared: boolean }[];
  sources: string[];
}

export interface AuthorityFigures {
  la_code: string;
  name: string;
  topics: FigureTopic[];
  sources: string[];
}

export interface RollRow extends FileOrigin {
  academic_year: string;
  year_group: string;
  sex: 'F' | 'M' | 'all';
  pupils: number | null;
  status: Status;
  published_urn: number;
}
