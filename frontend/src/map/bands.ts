/** Isochrone bands: their colours, and where each is painted. */
import type { Feature, FeatureCollection, Point, Position } from 'geojson';
import type { Bounds, Isochrones } from '../api/types';

/** Light to dark with time; lightness falls evenly, so it reads in grey too. */
const RAMP = ['#fff3c9', '#fbdf9a', '#f5c472', '#eaa458', '#d68149', '#b8603f', '#934537', '#6b2f30'];

/** A colour for each of `count` bands, the narrowest first. */
export function bandColours(count: number): string[] {
  if (count <= 1) return [RAMP[2]!];
  const last = Math.min(RAMP.length - 1, count + 1);
  return Array.from({ length: count }, (_, i) => RAMP[Math.round((i * last) / (count - 1))]!);
}

/** West, south, east, north of the widest band; `null` without one. */
export function boundsOf(isochrones: Isochrones): Bounds | null {
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of isochrones.features.flatMap((band) => band.geometry.coordinates.flat(2))) {
    box[0] = Math.min(box[0], lon!);
    box[1] = Math.min(box[1], lat!);
    box[2] = Math.max(box[2], lon!);
    box[3] = Math.max(box[3], lat!);
  }
  return box[0] < box[2] && box[1] < box[3] ? box : null;
}

/** Unit steps towards which a band is labelled at its farthest point. */
const DIRECTIONS: readonly [number, number][] = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
  [0.7, 0.7],
  [-0.7, -0.7],
];

/** Points on each outline, farthest out in several directions, where its minutes are written. */
export function minuteLabels(isochrones: Isochrones): FeatureCollection<Point, { minutes: number }> {
  const features = isochrones.features.flatMap((band) => {
    const corners = band.geometry.coordinates.flatMap((rings) => rings[0] ?? []);
    if (corners.length === 0) return [];
    return DIRECTIONS.map((direction): Feature<Point, { minutes: number }> => ({
      type: 'Feature',
      properties: { minutes: band.properties.minutes },
      geometry: { type: 'Point', coordinates: farthest(corners, direction) },
    }));
  });
  return { type: 'FeatureCollection', features };
}

function farthest(corners: readonly Position[], [east, north]: [number, number]): Position {
  const along = ([lon, lat]: Position): number => lon! * east * 0.61 + lat! * north;
  return corners.reduce((best, corner) => (along(corner) > along(best) ? corner : best));
}

/** Northing of a latitude in web Mercator, where the map's pictures are straight. */
export function mercator(lat: number): number {
  return Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
}

/** How positions become pixels of a picture of the box. */
export interface Frame {
  width: number;
  height: number;
  pixel: (position: Position) => [number, number];
}

/** A frame around a box whose longer side has `longest` pixels. */
export function frameOf([west, south, east, north]: Bounds, longest: number): Frame {
  const [bottom, top] = [mercator(south), mercator(north)];
  const across = ((east - west) * Math.PI) / 180;
  const scale = longest / Math.max(across, top - bottom);
  return {
    width: Math.max(1, Math.round(across * scale)),
    height: Math.max(1, Math.round((top - bottom) * scale)),
    pixel: ([lon, lat]) => [
      ((lon! - west) * Math.PI * scale) / 180,
      (top - mercator(lat!)) * scale,
    ],
  };
}
