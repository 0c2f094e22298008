/** Sentences about pupils against places, and what a panel is called. */
import type { Release, SchoolDetail } from '../api/types';
import type { View } from '../state/address';
import { counted, figure } from './format';

/** Say how full a school is; the ways a figure can be missing are said too. */
export function fullness(pupils: number | null, capacity: number | null): string {
  if (pupils === null && capacity === null) return 'Neither pupils nor places are in the register.';
  if (pupils === null) return `${counted(capacity ?? 0, 'place')}; the register has no count of pupils.`;
  if (capacity === null || capacity === 0)
    return `${counted(pupils, 'pupil')}; the register does not say how many places there are.`;
  const left = capacity - pupils;
  if (left === 0) return `${counted(pupils, 'pupil')}: exactly as many as there are places.`;
  if (left < 0) return `${counted(-left, 'pupil')} more than the ${figure(capacity)} places.`;
  return `${figure(pupils)} pupils for ${counted(capacity, 'place')}: ${figure(left)} fewer pupils than places.`;
}

/** The first sentence of the start panel. */
export function welcome(release: Release): string {
  const { schools, schools_outside, postcodes } = release.counts;
  const border = schools_outside
    ? `, and ${figure(schools_outside)} more just over its border`
    : '';
  return (
    `${release.title} has ${counted(schools, 'open school')}${border}. ` +
    `This atlas knows ${counted(postcodes, 'postcode')} and the streets and paths between them.`
  );
}

/** What an origin is called before the server has answered. */
export function originWords(view: View, school: SchoolDetail | null): string {
  const { from } = view;
  if (!from) return '';
  if (from.kind === 'postcode') return from.postcode;
  if (from.kind === 'school') return school?.urn === from.urn ? school.name : 'this school';
  return from.called ?? 'the point you chose';
}

/** Title of the page: what is shown, then the atlas. */
export function pageTitle(release: Release | null, shown: string | null): string {
  const atlas = release ? `${release.title} schools atlas` : 'Schools atlas';
  return shown ? `${shown} – ${atlas}` : atlas;
}
