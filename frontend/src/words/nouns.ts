/** What schools that pass a filter are called; the API's own words (`api/narrative/words.py`). */
import type { Phase, Sector } from '../api/types';

/** One and several. */
export type Nouns = readonly [string, string];

export const SCHOOL_NOUNS: Record<Phase, Nouns> = {
  nursery: ['nursery school', 'nursery schools'],
  primary: ['primary school', 'primary schools'],
  middle: ['middle school', 'middle schools'],
  secondary: ['secondary school', 'secondary schools'],
  all_through: ['all-through school', 'all-through schools'],
  sixteen_plus: ['sixth form or college', 'sixth forms and colleges'],
  special: ['special school', 'special schools'],
  alternative: ['school for alternative provision', 'schools for alternative provision'],
  not_stated: ['school', 'schools'],
};

const PLAIN: Nouns = ['school', 'schools'];
/** More phases than these are not named one by one. */
const MOST_NAMED = 2;

export function schoolNouns(phases: readonly Phase[], sectors: readonly Sector[]): Nouns {
  const [one, several] = phaseNouns(phases);
  return sectors.length === 1 ? [`${sectors[0]} ${one}`, `${sectors[0]} ${several}`] : [one, several];
}

function phaseNouns(phases: readonly Phase[]): Nouns {
  if (phases.length === 0) return PLAIN;
  if (phases.length === 1) return SCHOOL_NOUNS[phases[0]!];
  const nouns = phases.map((phase) => SCHOOL_NOUNS[phase][0]);
  if (nouns.length > MOST_NAMED || !nouns.every((noun) => noun.endsWith(' school')))
    return ['school of the kinds chosen', 'schools of the kinds chosen'];
  const kinds = nouns.map((noun) => noun.replace(/ school$/, '')).join(' or ');
  return [`${kinds} school`, `${kinds} schools`];
}
