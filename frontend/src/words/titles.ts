/** What the page is called in the browser's tab and history. */
import type { Release } from '../api/types';
import type { View } from '../state/address';
import { subjectOf } from '../state/steps';
import { MODE_WORDS } from './modes';

export interface Names {
  school: string | null;
  area: string | null;
  origin: string | null;
  measure: string | null;
}

/** What an origin is called, before or after the server has answered. */
export function originWords(view: View, label: string | null): string {
  const { from } = view;
  if (!from) return '';
  if (from.kind === 'postcode') return from.postcode;
  if (from.kind === 'school') return label ?? 'this school';
  return from.called ?? 'the point you chose';
}

/** What is shown, in a few words; `null` at the start. */
export function shownTitle(view: View, names: Names): string | null {
  switch (subjectOf(view)) {
    case 'about':
      return 'About';
    case 'quality':
      return 'Data quality';
    case 'sources':
      return 'Sources';
    case 'school':
      return names.school;
    case 'area':
      return names.area;
    case 'reach':
      return `${MODE_WORDS[view.mode].going} ${view.from?.kind === 'school' ? 'to' : 'from'} ${originWords(view, names.origin)}`;
    case 'start':
      return names.measure;
  }
}

/** Title of the page: what is shown, then the atlas. */
export function pageTitle(release: Pick<Release, 'title'> | null, shown: string | null): string {
  const atlas = release ? `${release.title} schools atlas` : 'Schools atlas';
  return shown ? `${shown} – ${atlas}` : atlas;
}
