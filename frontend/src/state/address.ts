/**
 * The address owns the state: everything that must survive a reload or be shared is read from and
 * written to the query string here, and nowhere else.
 *
 *     ?from=LE15 6HP            a postcode; school:120001; or lon,lat
 *     &called=Oakham            what a bare point is called, where it has a name
 *     &mode=cycle               how one travels; left out on foot
 *     &minutes=10,20,30         bands; left out when they are the usual ones
 *     &school=120001            the school whose panel is open
 *     &area=E01013831           the area whose panel is open
 *     &layer=imd_decile         the measure that shades the areas
 *     &phase=primary&sector=state&type=…&show=closed     filters
 *     &table=schools            the table drawer: schools, reach or areas
 *     &page=about               a page about the atlas: about, quality or sources
 *     &map=13.00/52.67000/-0.72800    zoom/lat/lon of the map
 */
import type { Mode, Phase, SchoolStatus, Sector } from '../api/types';
import { MODES } from '../words/modes';

export type Origin =
  | { kind: 'postcode'; postcode: string }
  | { kind: 'school'; urn: number }
  | { kind: 'point'; lon: number; lat: number; called: string | null };

export interface Camera {
  zoom: number;
  lat: number;
  lon: number;
}

/** Pages that are about the atlas, not about a place. */
export type PageName = 'about' | 'quality' | 'sources';

export type TableKind = 'schools' | 'reach' | 'areas';

export interface Filters {
  phases: Phase[];
  sectors: Sector[];
  type: string | null;
  /** Statuses shown besides open schools. */
  also: SchoolStatus[];
}

export interface View {
  from: Origin | null;
  mode: Mode;
  minutes: number[];
  school: number | null;
  area: string | null;
  layer: string | null;
  filters: Filters;
  table: TableKind | null;
  page: PageName | null;
  camera: Camera | null;
}

const USUAL_MODE: Mode = 'walk';
export const USUAL_MINUTES: readonly number[] = [10, 20, 30];
export const LEAST_MINUTES = 5;
export const MOST_MINUTES = 60;
const MOST_BANDS = 8;

const PHASES: readonly Phase[] = [
  'nursery',
  'primary',
  'middle',
  'secondary',
  'all_through',
  'sixteen_plus',
  'special',
  'alternative',
  'not_stated',
];
const SECTORS: readonly Sector[] = ['state', 'independent'];
const ALSO: readonly SchoolStatus[] = ['closing', 'proposed', 'closed'];
const PAGES: readonly PageName[] = ['about', 'quality', 'sources'];
const TABLES: readonly TableKind[] = ['schools', 'reach', 'areas'];

/** The view of a bare address: the start. */
export function startView(): View {
  return {
    from: null,
    mode: USUAL_MODE,
    minutes: [...USUAL_MINUTES],
    school: null,
    area: null,
    layer: null,
    filters: { phases: [], sectors: [], type: null, also: [] },
    table: null,
    page: null,
    camera: null,
  };
}

/** Read a query string; whatever cannot be understood is left at its start value. */
export function readAddress(search: string): View {
  const said = new URLSearchParams(search);
  return {
    from: readOrigin(said.get('from'), said.get('called')),
    mode: oneOf(said.get('mode'), MODES)[0] ?? USUAL_MODE,
    minutes: readMinutes(said.get('minutes')),
    school: readUrn(said.get('school')),
    area: readCode(said.get('area')),
    layer: readCode(said.get('layer')),
    filters: {
      phases: oneOf(said.get('phase'), PHASES),
      sectors: oneOf(said.get('sector'), SECTORS),
      type: said.get('type') || null,
      also: oneOf(said.get('show'), ALSO),
    },
    table: oneOf(said.get('table'), TABLES)[0] ?? null,
    page: oneOf(said.get('page'), PAGES)[0] ?? null,
    camera: readCamera(said.get('map')),
  };
}

/** Write a view as a query string, leaving out whatever is as at the start. */
export function writeAddress(view: View): string {
  const { filters } = view;
  const called = view.from?.kind === 'point' ? view.from.called : null;
  const pairs: [string, string | null][] = [
    ['from', view.from && writeOrigin(view.from)],
    ['called', called],
    ['mode', view.mode === USUAL_MODE ? null : view.mode],
    ['minutes', sameList(view.minutes, USUAL_MINUTES) ? null : view.minutes.join(',')],
    ['school', view.school?.toString() ?? null],
    ['area', view.area],
    ['layer', view.layer],
    ['phase', filters.phases.join(',')],
    ['sector', filters.sectors.join(',')],
    ['type', filters.type],
    ['show', filters.also.join(',')],
    ['table', view.table],
    ['page', view.page],
    ['map', view.camera && writeCamera(view.camera)],
  ];
  const said = pairs.filter((pair): pair is [string, string] => Boolean(pair[1]));
  return said.length ? `?${said.map(([name, value]) => `${name}=${spell(value)}`).join('&')}` : '';
}

/** Percent-encode a value but keep what reads well in a shared link: `,` `:` `/`, spaces as `+`. */
function spell(value: string): string {
  return encodeURIComponent(value)
    .replace(/%20/g, '+')
    .replace(/%2C/g, ',')
    .replace(/%3A/g, ':')
    .replace(/%2F/g, '/');
}

/** Spell a postcode as Royal Mail does, or `null` if it cannot be one. */
export function asPostcode(text: string): string | null {
  const match = /^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})$/.exec(
    text.toUpperCase().replace(/[^A-Z0-9]/g, ''),
  );
  return match ? `${match[1]} ${match[2]}` : null;
}

function readOrigin(text: string | null, called: string | null): Origin | null {
  if (!text) return null;
  const school = /^school:(\d+)$/.exec(text);
  if (school) return { kind: 'school', urn: Number(school[1]) };
  const point = /^(-?\d{1,3}(?:\.\d+)?),(-?\d{1,2}(?:\.\d+)?)$/.exec(text);
  if (point) {
    return {
      kind: 'point',
      lon: Number(point[1]),
      lat: Number(point[2]),
      called: called?.slice(0, 80) || null,
    };
  }
  const postcode = asPostcode(text);
  return postcode ? { kind: 'postcode', postcode } : null;
}

function writeOrigin(origin: Origin): string {
  if (origin.kind === 'postcode') return origin.postcode;
  if (origin.kind === 'school') return `school:${origin.urn}`;
  return `${origin.lon.toFixed(5)},${origin.lat.toFixed(5)}`;
}

function readMinutes(text: string | null): number[] {
  const said = (text ?? '')
    .split(',')
    .map(Number)
    .filter((n) => Number.isInteger(n) && n >= LEAST_MINUTES && n <= MOST_MINUTES);
  const once = [...new Set(said)].sort((a, b) => a - b).slice(0, MOST_BANDS);
  return once.length ? once : [...USUAL_MINUTES];
}

function readCamera(text: string | null): Camera | null {
  const [zoom, lat, lon] = (text ?? '').split('/').map(Number);
  if (zoom === undefined || lat === undefined || lon === undefined) return null;
  const fits = zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return fits ? { zoom, lat, lon } : null;
}

function writeCamera(camera: Camera): string {
  return `${camera.zoom.toFixed(2)}/${camera.lat.toFixed(5)}/${camera.lon.toFixed(5)}`;
}

function readUrn(text: string | null): number | null {
  return text && /^\d{5,7}$/.test(text) ? Number(text) : null;
}

function readCode(text: string | null): string | null {
  return text && /^[\w.-]{1,80}$/.test(text) ? text : null;
}

function oneOf<T extends string>(text: string | null, known: readonly T[]): T[] {
  const said = new Set((text ?? '').split(','));
  return known.filter((word) => said.has(word));
}

function sameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}
