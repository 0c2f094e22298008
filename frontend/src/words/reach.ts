/** Where the map and the list of schools within reach do not say quite the same. */
import type { ReachedSchool } from '../api/types';
import { figure, sentence } from './format';

type Standing = Pick<ReachedSchool, 'name' | 'off_street_m'>;

const metres = (m: number): string => `${figure(Math.round(m))} m`;

/** One note for each school that has a time but stands farther off a street than bands are drawn. */
export function offStreetNotes(schools: readonly Standing[], bandsOffStreetM: number): string[] {
  return schools
    .filter((school) => school.off_street_m > bandsOffStreetM)
    .map(
      (school) =>
        `${school.name} stands ${metres(school.off_street_m)} from the nearest street, ` +
        'so the bands on the map may not show it.',
    );
}

/** The same of the place a walk starts at; `null` where there is nothing to say. */
export function originNote(
  label: string,
  snappedM: number | null,
  bandsOffStreetM: number,
): string | null {
  if ((snappedM ?? 0) <= bandsOffStreetM) return null;
  return sentence(
    `${label} is ${metres(snappedM ?? 0)} from the nearest street, ` +
      'so the bands on the map may not show the way to it',
  );
}
