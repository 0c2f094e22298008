/** Everything the page knows: the view, what the server answered for it, and what is pointed at. */
import { getContext, setContext } from 'svelte';
import * as api from '../api/client';
import type { Bounds } from '../api/types';
import type { AtlasMap } from '../map/atlasmap';
import { passes, rowsOf, type SymbolRow } from '../map/symbols';
import { answered, type Question } from './answer.svelte';
import { Place } from './place.svelte';
import { MOST_MINUTES } from './address';
import { waysTo } from './ways';
import { bandsUpTo, bandsWithin, originKey } from './steps';

const KEY = Symbol('atlas');
const AREA_KIND = 'lsoa21';
/** Time grids remembered: the largest take some megabytes. */
const GRIDS_KEPT = 8;

const once = <T>(subject: string, ask: Question<T>['ask']): Question<T> => ({
  subject,
  wording: '',
  ask,
});

/** Make the page's state; call while the page's outermost component starts. */
export function makeAtlas() {
  const place = new Place();
  let bounds = $state.raw<Bounds | null>(null);
  let hovered = $state<number | null>(null);
  let said = $state('');
  let map = $state.raw<AtlasMap | null>(null);

  const release = answered(() => once('release', api.release));
  const symbols = answered(() => once('symbols', api.symbols));
  const measures = answered(() => once('measures', api.measures));

  /** The longest way that the mode allows. */
  const most = $derived(
    release.data?.modes.find((one) => one.mode === place.view.mode)?.minutes_max ?? MOST_MINUTES,
  );
  /** Minutes under a slider that is being moved; the address follows when it rests. */
  let moving = $state<number | null>(null);
  const settled = $derived(bandsWithin(place.view.minutes, most));
  const bands = $derived(moving === null ? settled : bandsUpTo(moving));
  const limit = $derived(Math.max(...bands));
  // Once for the longest way: the slider then moves without asking again.
  const grid = answered(() => {
    const { from, mode } = place.view;
    if (!from || !release.data) return null;
    const minutes = most;
    const ask = (signal: AbortSignal) => api.timeGrid(from, mode, minutes, signal);
    return { subject: `${originKey(from)} ${mode}`, wording: `${minutes}`, ask };
  }, GRIDS_KEPT);
  const reach = answered(() => {
    const { from, mode, filters } = place.view;
    if (!from || !release.data) return null;
    const wanted = { minutes: most, phase: filters.phases, sector: filters.sectors };
    const ask = (signal: AbortSignal) => api.reach(from, mode, wanted, signal);
    return { subject: `${originKey(from)} ${mode}`, wording: JSON.stringify(wanted), ask };
  });
  // Once for all ways of travelling: changing between them then draws another line at once.
  const ways = answered(() => {
    const { from, school: urn } = place.view;
    if (!from || from.kind === 'school' || urn === null || !release.data) return null;
    const modes = release.data.modes.map((one) => one.mode);
    return once(`${urn} from ${originKey(from)}`, (signal) => waysTo(urn, from, modes, signal));
  });
  const way = $derived(ways.data?.find((one) => one.mode === place.view.mode)?.line ?? null);
  const postcode = answered(() => {
    const { from } = place.view;
    if (from?.kind !== 'postcode') return null;
    return once(from.postcode, (signal) => api.postcode(from.postcode, signal));
  });
  const school = answered(() => {
    const { school: urn } = place.view;
    return urn === null ? null : once(`${urn}`, (signal) => api.school(urn, signal));
  });
  const figures = answered(() => {
    const { school: urn } = place.view;
    return urn === null ? null : once(`${urn}`, (signal) => api.schoolFigures(urn, signal));
  });
  const rolls = answered(() => {
    const { school: urn } = place.view;
    return urn === null ? null : once(`${urn}`, (signal) => api.schoolRolls(urn, signal));
  });
  const area = answered(() => {
    const { area: code } = place.view;
    return code === null ? null : once(code, (signal) => api.area(code, signal));
  });
  const values = answered(() => {
    const { layer } = place.view;
    if (layer === null) return null;
    return once(layer, (signal) => api.measureValues(layer, AREA_KIND, signal));
  });
  const areaNames = answered(() =>
    place.view.table === 'areas'
      ? once('names', (signal) => api.everyArea(AREA_KIND, signal))
      : null,
  );

  const rows = $derived(symbols.data ? rowsOf(symbols.data) : []);
  const byUrn = $derived(new Map(rows.map((row) => [row.urn, row])));
  const shown = $derived(rows.filter((row) => passes(row, place.view.filters)));
  const inView = $derived(bounds === null ? [] : shown.filter((row) => isInside(row, bounds!)));
  const reached = $derived.by(() => {
    const { type } = place.view.filters;
    const near = (reach.data?.items ?? []).filter((item) => item.seconds <= limit * 60);
    return type ? near.filter((item) => item.type === type) : near;
  });
  const notCovered = $derived.by(() => {
    const { type } = place.view.filters;
    const { not_covered: all = [], straight_line_kmh: kmh = 0 } = reach.data ?? {};
    const near = all.filter((item) => item.straight_line_m <= (limit * kmh * 1000) / 60);
    return type ? near.filter((item) => item.type === type) : near;
  });
  const isCut = $derived((reach.data?.cut_after_minutes ?? Infinity) <= limit);
  const measure = $derived(
    measures.data?.items.find((one) => one.measure === place.view.layer) ?? null,
  );

  return {
    place,
    release,
    measures,
    grid,
    reach,
    ways,
    /** The way to the chosen school by the chosen mode. */
    get way() {
      return way;
    },
    postcode,
    school,
    figures,
    rolls,
    area,
    values,
    areaNames,
    symbols,
    get view() {
      return place.view;
    },
    get most() {
      return most;
    },
    /** The minutes allowed: those of the address, or under the slider. */
    get limit() {
      return limit;
    },
    get bands() {
      return bands;
    },
    get moving() {
      return moving;
    },
    set moving(minutes: number | null) {
      moving = minutes;
    },
    /** Schools as near as the crow flies without a time, after every filter. */
    get notCovered() {
      return notCovered;
    },
    /** Ways come to where the streets end: there may be more than is shown. */
    get isCut() {
      return isCut;
    },
    get rows() {
      return rows;
    },
    get shown() {
      return shown;
    },
    get inView() {
      return inView;
    },
    /** Schools within the limit after every filter. */
    get reached() {
      return reached;
    },
    get measure() {
      return measure;
    },
    row: (urn: number | null): SymbolRow | null => (urn === null ? null : (byUrn.get(urn) ?? null)),
    get bounds() {
      return bounds;
    },
    set bounds(now: Bounds | null) {
      bounds = now;
    },
    get hovered() {
      return hovered;
    },
    set hovered(urn: number | null) {
      hovered = urn;
    },
    /** What the live region says. */
    get said() {
      return said;
    },
    set said(words: string) {
      said = words;
    },
    get map() {
      return map;
    },
    set map(made: AtlasMap | null) {
      map = made;
    },
  };
}

export type Atlas = ReturnType<typeof makeAtlas>;

function isInside(row: SymbolRow, [west, south, east, north]: Bounds): boolean {
  return row.lon >= west && row.lon <= east && row.lat >= south && row.lat <= north;
}

export const giveAtlas = (atlas: Atlas): Atlas => setContext(KEY, atlas);
export const theAtlas = (): Atlas => getContext<Atlas>(KEY);
