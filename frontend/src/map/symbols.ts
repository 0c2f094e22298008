/** How a school is drawn: its shape, colour and size, as pure functions of what it is. */
import type { Feature, FeatureCollection, Point } from 'geojson';
import type { Phase, SchoolStatus, Sector, Symbols } from '../api/types';
import type { Filters } from '../state/address';
import { PHASE_COLOUR } from './style/palette';

export type Shape =
  | 'circle'
  | 'square'
  | 'diamond'
  | 'triangle'
  | 'ring'
  | 'pentagon'
  | 'hexagon'
  | 'wedge'
  | 'cross';

export interface Sign {
  shape: Shape;
  colour: string;
}

export const SIGNS: Record<Phase, Sign> = {
  nursery: { shape: 'ring', colour: PHASE_COLOUR.nursery },
  primary: { shape: 'circle', colour: PHASE_COLOUR.primary },
  middle: { shape: 'hexagon', colour: PHASE_COLOUR.middle },
  secondary: { shape: 'square', colour: PHASE_COLOUR.secondary },
  all_through: { shape: 'diamond', colour: PHASE_COLOUR.all_through },
  sixteen_plus: { shape: 'pentagon', colour: PHASE_COLOUR.sixteen_plus },
  special: { shape: 'triangle', colour: PHASE_COLOUR.special },
  alternative: { shape: 'wedge', colour: PHASE_COLOUR.alternative },
  not_stated: { shape: 'cross', colour: PHASE_COLOUR.not_stated },
};

/** Everything that tells one picture of a school from another. */
export interface Look {
  phase: Phase;
  sector: Sector;
  status: SchoolStatus;
  isPale: boolean;
  isChosen: boolean;
  /** Diameter in CSS pixels of the circle whose area the shape has. */
  diameter: number;
}

const LEAST_PX = 10;
const MOST_PX = 34;
const PX_PER_ROOT_PUPIL = 0.8;
const STEP_PX = 2;

/** Diameter in CSS pixels: area grows with pupils; a school whose pupils are not known is least. */
export function diameter(pupils: number | null): number {
  const px = PX_PER_ROOT_PUPIL * Math.sqrt(pupils ?? 0);
  return Math.min(MOST_PX, Math.max(LEAST_PX, Math.round(px / STEP_PX) * STEP_PX));
}

/** The name under which the map keeps the picture of a look. */
export function pictureName(look: Look): string {
  const pale = look.isPale ? 'pale' : 'full';
  const chosen = look.isChosen ? 'chosen' : 'plain';
  return ['school', look.phase, look.sector, look.status, pale, chosen, look.diameter].join('/');
}

/** The look that a picture's name stands for, or `null` for any other name. */
export function lookOf(name: string): Look | null {
  const [kind, phase, sector, status, pale, chosen, diameterPx] = name.split('/');
  if (kind !== 'school') return null;
  return {
    phase: phase as Phase,
    sector: sector as Sector,
    status: status as SchoolStatus,
    isPale: pale === 'pale',
    isChosen: chosen === 'chosen',
    diameter: Number(diameterPx),
  };
}

/** One school of the columnar answer. */
export interface SymbolRow {
  urn: number;
  name: string;
  lon: number;
  lat: number;
  phase: Phase;
  sector: Sector;
  status: SchoolStatus;
  pupils: number | null;
  capacity_pupils: number | null;
  is_outside: boolean;
  type: string;
}

/** Turn the columns into rows, once. */
export function rowsOf(columns: Symbols): SymbolRow[] {
  return columns.urn.map((urn, i) => ({
    urn,
    name: columns.name[i]!,
    lon: columns.lon[i]!,
    lat: columns.lat[i]!,
    phase: columns.phase[i]!,
    sector: columns.sector[i]!,
    status: columns.status[i]!,
    pupils: columns.pupils[i] ?? null,
    capacity_pupils: columns.capacity_pupils[i] ?? null,
    is_outside: columns.is_outside[i]!,
    type: columns.type[i] ?? '',
  }));
}

/** Whether a school passes the filters; a closing school is still open. */
export function passes(row: SymbolRow, filters: Filters): boolean {
  const { phases, sectors, type, also } = filters;
  if (phases.length && !phases.includes(row.phase)) return false;
  if (sectors.length && !sectors.includes(row.sector)) return false;
  if (type && row.type !== type) return false;
  return row.status === 'open' || row.status === 'closing' || also.includes(row.status);
}

/** What the map needs to draw a school. */
export interface SymbolProperties {
  urn: number;
  name: string;
  icon: string;
  /** Larger schools are drawn first so that smaller ones lie on top. */
  order: number;
  pupils: number;
}

/** Schools as points; where an origin is chosen, those not reached from it are paler. */
export function symbolFeatures(
  rows: readonly SymbolRow[],
  isPaler: boolean,
): FeatureCollection<Point, SymbolProperties> {
  const features = rows.map((row) => symbolFeature(row, row.is_outside || isPaler));
  return { type: 'FeatureCollection', features };
}

/** The chosen school as a point of its own, drawn above all others. */
export function chosenFeature(row: SymbolRow): Feature<Point, SymbolProperties> {
  return symbolFeature(row, false, true);
}

function symbolFeature(
  row: SymbolRow,
  isPale: boolean,
  isChosen = false,
): Feature<Point, SymbolProperties> {
  const { urn, name, phase, sector, status } = row;
  const px = diameter(row.pupils) + (isChosen ? 6 : 0);
  const icon = pictureName({ phase, sector, status, isPale, isChosen, diameter: px });
  return {
    type: 'Feature',
    id: urn,
    geometry: { type: 'Point', coordinates: [row.lon, row.lat] },
    properties: { urn, name, icon, order: -px, pupils: row.pupils ?? 0 },
  };
}
