/** The one module that talks to the network. */
import type {
  Area,
  AreaDetail,
  Listed,
  Measure,
  MeasureValues,
  Mode,
  PostcodeDetail,
  Problem,
  Reach,
  Release,
  Route,
  SchoolDetail,
  SchoolSummary,
  Suggestion,
  Symbols,
  TransitRoute,
} from './types';
import type { AuthorityFigures, RollRow, SchoolFigures } from './figuretypes';
import type { Issue, Quality, SeriesHeld } from './qualitytypes';
import { readTimeGrid, type TimeGrid } from '../map/timegrid';
import type { Origin } from '../state/address';

const BASE = '/api/v1';

/** A question that was answered with a problem, or not at all. */
export class Unanswered extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

type Asked = Record<string, string | number | boolean | readonly (string | number)[] | null>;

/** Write parameters as a query string, leaving out what is empty; lists by commas. */
export function query(asked: Asked): string {
  const pairs = Object.entries(asked)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value ?? '')])
    .filter(([, value]) => value !== '');
  return pairs.length ? `?${new URLSearchParams(pairs as [string, string][])}` : '';
}

function offline(): Unanswered {
  return new Unanswered({
    type: 'offline',
    title: 'No answer',
    status: 0,
    detail: 'The atlas could not be reached.',
    hint: 'Check your connection, then try again.',
    suggestions: [],
  });
}

async function problemOf(response: Response): Promise<Problem> {
  const said = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return {
    type: said.type ?? 'about:blank',
    title: said.title ?? 'Something went wrong',
    status: response.status,
    detail: said.detail ?? `The atlas answered with status ${response.status}.`,
    hint: said.hint ?? null,
    suggestions: said.suggestions ?? [],
  };
}

async function answer(path: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(BASE + path, signal ? { signal } : {}).catch((error: unknown) => {
    throw signal?.aborted ? error : offline();
  });
  if (!response.ok) throw new Unanswered(await problemOf(response));
  return response;
}

async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await answer(path, signal)).json()) as T;
}

/** Where questions about an origin are asked, and what must be said to name a bare point. */
function originPath(origin: Origin): { stem: string; asked: Asked } {
  if (origin.kind === 'postcode')
    return { stem: `/postcodes/${encodeURIComponent(origin.postcode)}`, asked: {} };
  if (origin.kind === 'school') return { stem: `/schools/${origin.urn}`, asked: {} };
  return { stem: '', asked: { lon: origin.lon, lat: origin.lat } };
}

export interface ReachAsked {
  minutes: number;
  phase: readonly string[];
  sector: readonly string[];
}

export const release = (): Promise<Release> => ask('/release');
/** A few state primary schools of the region itself, for examples. */
export const fewSchools = (signal?: AbortSignal): Promise<Listed<SchoolSummary>> =>
  ask(`/schools${query({ phase: 'primary', sector: 'state', outside: false, limit: 12 })}`, signal);

export const symbols = (): Promise<Symbols> => ask('/schools/symbols');
export const measures = (): Promise<Listed<Measure>> => ask('/measures');

export const school = (urn: number, signal?: AbortSignal): Promise<SchoolDetail> =>
  ask(`/schools/${urn}`, signal);

export const schoolFigures = (urn: number, signal?: AbortSignal): Promise<SchoolFigures> =>
  ask(`/schools/${urn}/figures`, signal);

export const authorityFigures = (code: string, signal?: AbortSignal): Promise<AuthorityFigures> =>
  ask(`/authorities/${code}/figures`, signal);

/** Address of an authority's figures as a file to keep. */
export const authorityFile = (code: string): string => `${BASE}/authorities/${code}/figures.csv`;

export const schoolRolls = (urn: number, signal?: AbortSignal): Promise<Listed<RollRow>> =>
  ask(`/schools/${urn}/rolls`, signal);

/** Address of a school's figures or rolls as a file to keep. */
export const schoolFile = (urn: number, what: 'figures' | 'rolls'): string =>
  `${BASE}/schools/${urn}/${what}.csv`;

export const quality = (signal?: AbortSignal): Promise<Quality> => ask('/quality', signal);
/** Address of every case of every check as a file to keep. */
export const qualityFile = `${BASE}/quality.csv`;

export const series = (signal?: AbortSignal): Promise<Listed<SeriesHeld>> => ask('/sources', signal);

export const issues = (
  q: string,
  signal?: AbortSignal,
): Promise<Listed<Issue> & { total: number }> => ask(`/issues${query({ q, limit: 50 })}`, signal);

export const postcode = (text: string, signal?: AbortSignal): Promise<PostcodeDetail> =>
  ask(`/postcodes/${encodeURIComponent(text)}`, signal);

export const search = (q: string, signal?: AbortSignal): Promise<Listed<Suggestion>> =>
  ask(`/search${query({ q, limit: 8 })}`, signal);

export const area = (code: string, signal?: AbortSignal): Promise<AreaDetail> =>
  ask(`/areas/${encodeURIComponent(code)}`, signal);

/** Every area of a kind, page after page. */
export async function everyArea(kind: string, signal?: AbortSignal): Promise<Area[]> {
  const found: Area[] = [];
  let cursor: string | null = null;
  do {
    const page: Listed<Area> = await ask(`/areas${query({ kind, cursor })}`, signal);
    found.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return found;
}

export const measureValues = (
  measure: string,
  kind: string,
  signal?: AbortSignal,
): Promise<MeasureValues> =>
  ask(`/measures/${encodeURIComponent(measure)}/values${query({ kind })}`, signal);

/** The minutes to every place around an origin, as far as `minutes`. */
export async function timeGrid(
  origin: Origin,
  mode: Mode,
  minutes: number,
  signal?: AbortSignal,
): Promise<TimeGrid> {
  const { stem, asked } = originPath(origin);
  const response = await answer(`${stem}/isochrone-grid${query({ ...asked, mode, minutes })}`, signal);
  return readTimeGrid(await response.arrayBuffer());
}

/** The way from an origin to a school. */
export const route = (
  origin: Origin,
  mode: Mode,
  urn: number,
  signal?: AbortSignal,
): Promise<Route> => {
  const { stem, asked } = originPath(origin);
  return ask(`${stem}/route-to/${urn}${query({ ...asked, mode })}`, signal);
};

/** The way by public transport, to be there when school begins. */
export const transitRoute = (
  origin: Origin,
  urn: number,
  signal?: AbortSignal,
): Promise<TransitRoute> => {
  const { stem, asked } = originPath(origin);
  return ask(`${stem}/transit-route-to/${urn}${query(asked)}`, signal);
};

/** Address of the bands around an origin as outlines, to keep. */
export function bandsFile(origin: Origin, mode: Mode, minutes: readonly number[]): string {
  const { stem, asked } = originPath(origin);
  return `${BASE}${stem}/isochrones${query({ ...asked, mode, minutes })}`;
}

export const reach = (
  origin: Origin,
  mode: Mode,
  wanted: ReachAsked,
  signal?: AbortSignal,
): Promise<Reach> => ask(reachPath(origin, mode, wanted, ''), signal);

function reachPath(origin: Origin, mode: Mode, wanted: ReachAsked, extension: string): string {
  const { stem, asked } = originPath(origin);
  return `${stem}/reachable-schools${extension}${query({ ...asked, mode, ...wanted })}`;
}

/** Address of the schools of a box as a file. */
export const schoolsFile = (extension: 'csv' | 'xlsx' | 'geojson', asked: Asked): string =>
  `${BASE}/schools.${extension}${query(asked)}`;
