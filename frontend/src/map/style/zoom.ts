import type { ExpressionSpecification } from 'maplibre-gl';

/** Zoom and value, ascending. */
export type Stops = readonly (readonly [zoom: number, value: number])[];

/** A number that grows with the zoom as a printed line does with the scale. */
export function growing(stops: Stops, base = 1.5): ExpressionSpecification {
  return ['interpolate', ['exponential', base], ['zoom'], ...stops.flat()] as ExpressionSpecification;
}

/** A number that changes evenly with the zoom. */
export function steady(stops: Stops): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], ...stops.flat()] as ExpressionSpecification;
}

/** Like `growing`, with a column of values for each class; `rest` where the class is not listed. */
export function growingByClass(
  byClass: Readonly<Record<string, Stops>>,
  change: (value: number, zoom: number) => number | ExpressionSpecification = (value) => value,
): ExpressionSpecification {
  const zooms = [...new Set(Object.values(byClass).flatMap((stops) => stops.map(([z]) => z)))];
  zooms.sort((a, b) => a - b);
  const steps = zooms.flatMap((zoom) => [
    zoom,
    [
      'match',
      ['get', 'class'],
      ...Object.entries(byClass).flatMap(([name, stops]) => [name, change(at(stops, zoom), zoom)]),
      0,
    ],
  ]);
  return ['interpolate', ['exponential', 1.5], ['zoom'], ...steps] as ExpressionSpecification;
}

/** The value at a zoom: at a stop itself, between two on a geometric line, flat beyond the ends. */
export function at(stops: Stops, zoom: number): number {
  const after = stops.findIndex(([z]) => z >= zoom);
  const above = stops[after] ?? stops.at(-1);
  const below = after > 0 ? stops[after - 1] : above;
  if (!above || !below) return 0;
  if (above === below || above[0] === zoom) return after === 0 && zoom < above[0] ? 0 : above[1];
  const share = (zoom - below[0]) / (above[0] - below[0]);
  return below[1] * (above[1] / below[1]) ** share;
}
