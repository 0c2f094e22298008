import { expect, test } from 'vitest';
import type { Figure, FigurePoint } from '../api/figuretypes';
import { along, scaleOf, zeroOf } from './scale';

const point = (value: number | null, low: number | null = null, high: number | null = null) =>
  ({ value, low, high }) as FigurePoint;
const figure = (...points: FigurePoint[]) => ({ points, context: [] as unknown }) as Figure;

test('shares and counts stand on zero', () => {
  expect(scaleOf(figure(point(20), point(40)))).toEqual({ kind: 'bars', from: 0, to: 40 });
});

test('values with an interval are dots on a scale that holds the whole interval', () => {
  const scale = scaleOf(figure(point(0.1, -0.4, 0.6)))!;
  expect(scale.kind).toBe('dots');
  expect(along(scale, -0.4)).toBeGreaterThan(0);
  expect(along(scale, 0.6)).toBeLessThan(100);
  expect(zeroOf(scale)).toBeCloseTo(100 * (0.4 + 0.08) / 1.16, 5);
});

test('where every value is missing or zero there is nothing to draw', () => {
  expect(scaleOf(figure(point(null)))).toBeNull();
  expect(scaleOf(figure(point(0)))).toBeNull();
});
