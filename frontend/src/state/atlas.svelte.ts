/** Everything the page knows: the view, what the server answered for it, and what is pointed at. */
import { getContext, setContext } from 'svelte';
import * as api from '../api/client';
import type { Bounds } from '../api/types';
import type { AtlasMap } from '../map/atlasmap';
import { passes, rowsOf, type SymbolRow } from '../map/symbols';
import { answered, type Question } from './answer.svelte';
import { Place } from './place.svelte';
import { originKey } from './steps';

const KEY = Symbol('atlas');
const AREA_KIND = 'lsoa21';

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

  const widest = $derived(Math.max(...place.view.minutes));
  const isochrones = answered(() => {
    const { from, mode, minutes } = place.view;
    if (!from) return null;
    const ask = (signal: AbortSignal) => api.isochrones(from, mode, minutes, signal);
    return { subject: originKey(from), wording: `${mode} ${minutes}`, ask };
  });
  const reach = answered(() => {
    const { from, mode, filters } = place.view;
    if (!from) return null;
    const wanted = { minutes: widest, phase: filters.phases, sector: filters.sectors };
    const ask = (signal: AbortSignal) => api.reach(from, mode, wanted, signal);
    return { subject: originKey(from), wording: JSON.stringify([mode, wanted]), ask };
  });
  const postcode = answered(() => {
    const { from } = place.view;
    if (from?.kind !== 'postcode') return null;
    return once(from.postcode, (signal) => api.postcode(from.postcode, signal));
  });
  const school = answered(() => {
    const { school: urn } = place.view;
    return urn === null ? null : once(`${urn}`, (signal) => api.school(urn, signal));
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
    const items = reach.data?.items ?? [];
    return type ? items.filter((item) => item.type === type) : items;
  });
  const measure = $derived(
    measures.data?.items.find((one) => one.measure === place.view.layer) ?? null,
  );

  return {
    place,
    release,
    measures,
    isochrones,
    reach,
    postcode,
    school,
    area,
    values,
    areaNames,
    symbols,
    get view() {
      return place.view;
    },
    get widest() {
      return widest;
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
    /** Reached schools after every filter. */
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
