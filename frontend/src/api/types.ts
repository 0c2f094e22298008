/** What the API says, as types. Nothing here is made on the page. */
import type { Feature, LineString, MultiPolygon, Polygon } from 'geojson';

export type Phase =
  | 'nursery'
  | 'primary'
  | 'middle'
  | 'secondary'
  | 'all_through'
  | 'sixteen_plus'
  | 'special'
  | 'alternative'
  | 'not_stated';
/** Ways of travelling; a release says which of them it offers. */
export type Mode = 'walk' | 'wheels' | 'cycle' | 'cycle_quiet' | 'drive' | 'school_run' | 'transit';
export type Sector = 'state' | 'independent';
export type SchoolStatus = 'open' | 'closing' | 'proposed' | 'closed';
/** Whether a value is there, and if not, why. */
export type Status =
  | 'measured'
  | 'estimated'
  | 'forecast'
  | 'suppressed'
  | 'not_applicable'
  | 'unavailable';
export type Polarity = 'neutral' | 'more_is_better' | 'more_is_worse';
/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number];

export interface Listed<T> {
  items: T[];
  next: string | null;
  sources: string[];
}

export interface Receipt {
  file_name: string | null;
  address: string | null;
  fetched_at: string | null;
  sha256: string;
  bytes: number | null;
}

export interface Source {
  source_id: string;
  title: string | null;
  publisher: string | null;
  landing_page: string | null;
  licence: string | null;
  attribution: string | null;
  caveats: string[];
  release: string | null;
  receipts: Receipt[];
}

export interface ModeOffered {
  mode: Mode;
  minutes_max: number;
  method: string;
  assumptions: { says: string; value: number; unit: string; reference: string }[];
}

export interface Release {
  build_id: string;
  region_id: string | null;
  title: string | null;
  made_up: boolean;
  contact: string | null;
  built_at: string | null;
  covered_pct: number | null;
  streets_date: string | null;
  bounds: Bounds;
  authorities: { la_code: string; la_code_dfe: string; name: string }[];
  counts: { schools: number; schools_outside: number; postcodes: number; lsoa21: number };
  modes: ModeOffered[];
  tiles: { basemap: string; areas: string };
  tile_zooms: { basemap: [number, number]; areas: [number, number] };
  sources: Source[];
  issues: { note: number; warning: number };
}

/** Every school with a position, one array per column. */
export interface Symbols {
  urn: number[];
  name: string[];
  lon: number[];
  lat: number[];
  phase: Phase[];
  sector: Sector[];
  status: SchoolStatus[];
  pupils: (number | null)[];
  capacity_pupils: (number | null)[];
  is_outside: boolean[];
  type: (string | null)[];
}

export interface SchoolSummary {
  urn: number;
  name: string;
  status: SchoolStatus;
  phase: Phase;
  sector: Sector;
  type: string | null;
  la_code: string | null;
  la_name: string | null;
  is_outside: boolean;
  age_low: number | null;
  age_high: number | null;
  religious_character: string | null;
  town: string | null;
  postcode: string | null;
  lon: number | null;
  lat: number | null;
  pupils: number | null;
  pupils_status: Status;
  capacity_pupils: number | null;
  capacity_pupils_status: Status;
  is_covered: boolean;
}

export interface LinkedSchool {
  urn: number;
  name: string | null;
  link_type: string;
  link_date: string | null;
  in_atlas: boolean;
}

export interface Fact {
  label: string;
  value: string;
  status: Status;
  source_id: string;
  /** `null` where the day is not stated. */
  as_of: string | null;
}

export interface SchoolDetail extends SchoolSummary {
  street: string | null;
  locality: string | null;
  gender: string | null;
  fsm_pct: number | null;
  fsm_pct_status: Status;
  census_date: string | null;
  open_date: string | null;
  close_date: string | null;
  website: string | null;
  predecessors: LinkedSchool[];
  successors: LinkedSchool[];
  beside: LinkedSchool[];
  links: { title: string; url: string }[];
  facts: Fact[];
  sentence: string;
  sources: string[];
  lsoa21: string | null;
  lsoa21_name: string | null;
  ward_name: string | null;
  location_note: string | null;
}

export interface Origin {
  lon: number;
  lat: number;
  label: string;
  snapped_m: number | null;
}

/** What a time grid file says before its cells; see `docs/time-grid.md`. */
export interface GridHeader {
  columns: number;
  rows: number;
  /** Side of a cell, metres. */
  cell_m: number;
  limit_minutes: number;
  not_reached: number;
  /** Longitude and latitude of places evenly spread over the grid, rows from the north. */
  lattice: number[][][];
  origin: Origin;
  mode: Mode;
  cut_after_minutes: number | null;
  method: string;
  sources: string[];
}

export type ReachedSchool = SchoolSummary & {
  minutes: number;
  seconds: number;
  /** `null` by public transport. */
  metres: number | null;
  /** Metres from the nearest street to the school. */
  off_street_m: number;
};
/** What is met on the way to a school. */
export interface RouteFacts {
  minutes: number;
  metres: number;
  /** `null` where heights are not known. */
  climb_m: number | null;
  /** Main roads; `null` by car. */
  roads_crossed: number | null;
  crossings: { lon: number; lat: number }[];
}

export type Route = Feature<LineString, RouteFacts>;

/** The way to a school by public transport and on foot. */
export interface TransitRoute {
  minutes: number;
  /** Hours and minutes of leaving. */
  depart: string;
  /** Of being there. */
  arrive: string;
  legs: { kind: 'walk' | 'ride'; line: string | null }[];
}

export type UncoveredSchool = SchoolSummary & { straight_line_m: number };

export interface Reach {
  origin: Origin;
  mode: Mode;
  minutes: number;
  items: ReachedSchool[];
  not_covered: UncoveredSchool[];
  /** The ways come to where the streets end: there may be more than is listed. */
  is_cut_by_coverage: boolean;
  /** Minutes to there; `null` where the ways do not come so far. */
  cut_after_minutes: number | null;
  /** How fast one gets ahead in a straight line at best. */
  straight_line_kmh: number;
  /** Metres from a street within which bands are drawn. */
  bands_off_street_m: number;
  sentence: string;
  method: string;
  sources: string[];
}

export type Found = 'postcode' | 'school' | 'place' | 'area';

export interface Suggestion {
  kind: Found;
  label: string;
  detail: string;
  lon: number | null;
  lat: number | null;
  id: string;
  phase?: Phase | null;
  status?: SchoolStatus | null;
}

export interface PostcodeDetail {
  postcode: string;
  lon: number;
  lat: number;
  quality: number | null;
  quality_words: string;
  la_name: string | null;
  ward_name: string | null;
  lsoa21: string | null;
  lsoa21_name: string | null;
  is_outside: boolean;
  is_covered: boolean;
}

export interface Measure {
  measure: string;
  topic: string | null;
  title: string | null;
  says: string | null;
  unit: string | null;
  decimals: number | null;
  period: string | null;
  polarity: Polarity | null;
  source_id: string | null;
  method: string | null;
  kinds: string[];
}

export interface MeasureValues {
  measure: string;
  kind: string;
  codes: string[];
  values: (number | null)[];
  status: Status[];
  is_outside: boolean[];
  /** `null` where there is nothing to part into classes. */
  classes: { breaks: number[]; method: string } | null;
}

export interface Area {
  area_code: string;
  kind: string;
  name: string;
  parent_code: string | null;
  is_outside: boolean;
  lon: number | null;
  lat: number | null;
  bbox: Bounds | null;
}

export interface AreaValue {
  measure: string;
  title: string | null;
  topic: string | null;
  unit: string | null;
  decimals: number | null;
  value: number | null;
  status: Status;
  period: string | null;
  source_id: string | null;
  /** Place among the region's areas of this kind, the highest value first. */
  rank: number | null;
  ranked: number | null;
}

export interface AreaDetail extends Area {
  values: AreaValue[];
  sources: string[];
}

export type Coverage = Feature<Polygon | MultiPolygon, { covered_pct: number | null }>;

/** RFC 9457 problem, with what to do about it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  hint: string | null;
  suggestions: string[];
}
