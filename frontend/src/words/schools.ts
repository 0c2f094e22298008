/** Sentences about schools and places, from figures already computed. */
import type { Release, SchoolSummary } from '../api/types';
import { ages, counted, day, figure } from './format';
import { PHASE_WORDS, SECTOR_WORDS } from './terms';

/** Say how full a school is; the ways a figure can be missing are said too. */
export function fullness(pupils: number | null, capacity: number | null): string {
  if (pupils === null && capacity === null) return 'The register gives neither pupils nor places.';
  if (pupils === null)
    return `${counted(capacity ?? 0, 'place')}. The register gives no count of pupils.`;
  if (!capacity)
    return `${counted(pupils, 'pupil')}. The register does not say how many places there are.`;
  const left = capacity - pupils;
  if (left === 0) return `${counted(pupils, 'pupil')}, exactly as many as there are places.`;
  if (left < 0)
    return `${counted(pupils, 'pupil')}, ${figure(-left)} more than the ${figure(capacity)} places.`;
  return `${counted(pupils, 'pupil')} for ${counted(capacity, 'place')}: ${counted(left, 'more place')} than pupils.`;
}

/** Say when pupils were counted, as the end of a line about the source. */
export function countNote(pupils: number | null, censusDate: string | null): string {
  if (censusDate) return `; pupils were counted on ${day(censusDate)}`;
  return pupils === null ? '' : `; count of pupils: ${day(null)}`;
}

/** The first sentences of the start panel; they say at once how far the streets reach. */
export function welcome(release: Pick<Release, 'title' | 'counts' | 'covered_pct'>): string {
  const { schools, schools_outside, postcodes } = release.counts;
  const border = schools_outside ? `, with ${figure(schools_outside)} more just over its border` : '';
  return `${release.title} has ${counted(schools, 'open school')}${border}. ${walks(release.covered_pct, postcodes)}`;
}

function walks(coveredPct: number | null, postcodes: number): string {
  const all = counted(postcodes, 'postcode');
  if (!coveredPct) return `It has ${all}; travel times cannot be given, for its streets are not loaded.`;
  if (Math.round(coveredPct) >= 100)
    return `See how long it takes to get to them from any of ${all}.`;
  return (
    `See how long it takes to get to them from ${figure(Math.round(coveredPct))}% of its ${all}: ` +
    'beyond the dashed line on the map, its streets are not loaded.'
  );
}

type Kind = Pick<SchoolSummary, 'phase' | 'sector' | 'age_low' | 'age_high' | 'pupils'>;

/** One line that tells schools of a list apart. */
export function kindLine(school: Kind): string {
  const parts = [PHASE_WORDS[school.phase], SECTOR_WORDS[school.sector].toLowerCase()];
  if (school.age_low !== null || school.age_high !== null)
    parts.push(`ages ${ages(school.age_low, school.age_high)}`);
  if (school.pupils !== null) parts.push(counted(school.pupils, 'pupil'));
  return parts.join(' · ');
}
