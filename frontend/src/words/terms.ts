/** The field's words as the page prints them. */
import type { Phase, SchoolStatus, Sector, Status } from '../api/types';

export const PHASE_WORDS: Record<Phase, string> = {
  nursery: 'Nursery',
  primary: 'Primary',
  middle: 'Middle',
  secondary: 'Secondary',
  all_through: 'All-through',
  sixteen_plus: 'Sixteen plus',
  special: 'Special',
  alternative: 'Alternative provision',
  not_stated: 'Phase not stated',
};

/** Phases in reading order. */
export const PHASE_ORDER = Object.keys(PHASE_WORDS) as Phase[];

export const SECTOR_WORDS: Record<Sector, string> = {
  state: 'State',
  independent: 'Independent',
};

export const SCHOOL_STATUS_WORDS: Record<SchoolStatus, string> = {
  open: 'Open',
  closing: 'Open, proposed to close',
  proposed: 'Proposed to open',
  closed: 'Closed',
};

/** What a status means to a reader: how a figure was come by, or why there is none. */
export const STATUS_WORDS: Record<Status, string> = {
  measured: '',
  estimated: 'estimated',
  forecast: 'forecast',
  suppressed: 'hidden to protect people',
  not_applicable: 'does not apply',
  unavailable: 'not available',
};

export const AREA_KIND_WORDS: Record<string, string> = {
  authority: 'Local authority',
  ward25: 'Ward',
  lsoa21: 'Neighbourhood (LSOA 2021)',
};
