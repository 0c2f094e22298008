/** Steps the reader can take from a view, as what changes in it. */
import type { Suggestion } from '../api/types';
import { startView, type Origin, type PageName, type View } from './address';

/** Which subject the reading panel shows. */
export type Subject = PageName | 'school' | 'area' | 'reach' | 'start';

export function subjectOf(view: View): Subject {
  if (view.page) return view.page;
  if (view.school !== null) return 'school';
  if (view.area !== null) return 'area';
  return view.from ? 'reach' : 'start';
}

/** A new text for each panel whose heading should take the focus. */
export function subjectKey(view: View): string {
  switch (subjectOf(view)) {
    case 'about':
    case 'quality':
    case 'sources':
      return subjectOf(view);
    case 'school':
      return `school ${view.school}`;
    case 'area':
      return `area ${view.area}`;
    case 'reach':
      return `reach ${originKey(view.from!)}`;
    case 'start':
      return 'start';
  }
}

export function originKey(origin: Origin): string {
  if (origin.kind === 'postcode') return origin.postcode;
  if (origin.kind === 'school') return `school:${origin.urn}`;
  return `${origin.lon.toFixed(5)},${origin.lat.toFixed(5)}`;
}

export const toSchool = (urn: number): Partial<View> => ({ school: urn, area: null, page: null });
export const toArea = (code: string): Partial<View> => ({ area: code, school: null, page: null });
export const toPage = (page: PageName): Partial<View> => ({ page });

export function toOrigin(from: Origin): Partial<View> {
  return { from, school: null, area: null, page: null };
}

export function toStart(view: View): Partial<View> {
  return { ...startView(), mode: view.mode, layer: view.layer, filters: view.filters, camera: view.camera };
}

/** One panel back: what Escape and the back link do; `null` at the start. */
export function back(view: View): Partial<View> | null {
  switch (subjectOf(view)) {
    case 'about':
      return { page: null };
    case 'quality':
    case 'sources':
      return { page: 'about' };
    case 'school':
      return { school: null };
    case 'area':
      return { area: null };
    case 'reach':
      return { from: null, table: view.table === 'reach' ? null : view.table };
    case 'start':
      return null;
  }
}

/** What choosing a suggestion of the search box does. */
export function toSuggestion(found: Suggestion): Partial<View> {
  switch (found.kind) {
    case 'school':
      return toSchool(Number(found.id));
    case 'area':
      return toArea(found.id);
    case 'postcode':
      return toOrigin({ kind: 'postcode', postcode: found.id });
    case 'place':
      if (found.lon === null || found.lat === null) return {};
      return toOrigin({ kind: 'point', lon: found.lon, lat: found.lat, called: found.label });
  }
}

/** Those bands that a way of travelling goes as far as; never none. */
export function bandsWithin(minutes: readonly number[], most: number): number[] {
  const within = minutes.filter((band) => band <= most);
  return within.length === minutes.length ? within : [...within.filter((band) => band < most), most];
}

/** Bands up to a number of minutes: few enough to tell apart, the last at the number itself. */
export function bandsUpTo(minutes: number): number[] {
  const step = minutes <= 25 ? 5 : minutes <= 40 ? 10 : 15;
  const below = Array.from({ length: Math.ceil(minutes / step) - 1 }, (_, i) => (i + 1) * step);
  return [...below.filter((band) => minutes - band >= step / 2), minutes];
}
