/** Isochrone bands: one colour each, and each drawn only where the narrower ones are not. */
import type { Feature, FeatureCollection, MultiPolygon, Position } from 'geojson';
import type { Isochrones } from '../api/types';

/** Light to dark with time; lightness falls evenly, so it reads in grey too. */
const RAMP = ['#fdf3c4', '#f7d98b', '#eeb95f', '#dd9445', '#c26f3a', '#9d4f34', '#74362d', '#4c2323'];

/** A colour for each of `count` bands, the narrowest first. */
export function bandColours(count: number): string[] {
  if (count <= 1) return [RAMP[2]!];
  const [first, last] = [0, Math.min(RAMP.length - 1, count + 1)];
  return Array.from({ length: count }, (_, i) =>
    RAMP[Math.round(first + (i * (last - first)) / (count - 1))]!,
  );
}

export interface BandProperties {
  minutes: number;
  colour: string;
}

/** The bands as rings that do not overlap, narrowest first, each with its colour. */
export function bandRings(isochrones: Isochrones): FeatureCollection<MultiPolygon, BandProperties> {
  const bands = [...isochrones.features].sort((a, b) => a.properties.minutes - b.properties.minutes);
  const colours = bandColours(bands.length);
  const features = bands.map((band, i): Feature<MultiPolygon, BandProperties> => {
    const inner = bands[i - 1]?.geometry.coordinates ?? [];
    return {
      type: 'Feature',
      properties: { minutes: band.properties.minutes, colour: colours[i]! },
      geometry: { type: 'MultiPolygon', coordinates: without(band.geometry.coordinates, inner) },
    };
  });
  return { type: 'FeatureCollection', features };
}

type Rings = Position[][];

/**
 * Take nested polygons out of those around them by re-ordering rings: an inner polygon's outline
 * becomes a hole, and its holes become polygons. Right only where `inner` lies within `outer`.
 */
export function without(outer: readonly Rings[], inner: readonly Rings[]): Rings[] {
  const kept = outer.map((rings): Rings => [...rings]);
  const islands: Rings[] = [];
  for (const [outline, ...holes] of inner) {
    if (!outline) continue;
    const around = kept.find(([ring]) => ring && isWithin(outline, ring));
    if (!around) continue;
    for (const hole of holes) {
      const inHole = around.slice(1).filter((ring) => isWithin(ring, hole));
      remove(around, inHole);
      islands.push([hole, ...inHole]);
    }
    around.push(outline);
  }
  return [...kept, ...islands];
}

function remove(rings: Rings, gone: Rings): void {
  for (const ring of gone) rings.splice(rings.indexOf(ring), 1);
}

/** Whether most of a ring's corners lie in another; a few may lie on its very edge. */
function isWithin(ring: readonly Position[], other: readonly Position[]): boolean {
  const stride = Math.max(1, Math.floor(ring.length / 9));
  const tried = ring.filter((_, i) => i % stride === 0);
  const held = tried.filter((corner) => holds(other, corner));
  return held.length * 2 > tried.length;
}

/** Ray casting. */
function holds(ring: readonly Position[], [x, y]: Position): boolean {
  let isIn = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as [number, number];
    const [xj, yj] = ring[j] as [number, number];
    if (yi > y! !== yj > y! && x! < ((xj - xi) * (y! - yi)) / (yj - yi) + xi) isIn = !isIn;
  }
  return isIn;
}

/** West, south, east, north of the widest band. */
export function boundsOf(isochrones: Isochrones): [number, number, number, number] | null {
  const corners = isochrones.features.flatMap((band) => band.geometry.coordinates.flat(2));
  if (corners.length === 0) return null;
  const lons = corners.map((corner) => corner[0]!);
  const lats = corners.map((corner) => corner[1]!);
  return [least(lons), least(lats), most(lons), most(lats)];
}

const least = (numbers: number[]): number => numbers.reduce((a, b) => Math.min(a, b), Infinity);
const most = (numbers: number[]): number => numbers.reduce((a, b) => Math.max(a, b), -Infinity);
