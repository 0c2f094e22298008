import { describe, expect, it } from 'vitest';
import type { MeasureValues } from '../api/types';
import { bandColours } from './bands';
import { classOf, estimatedOf, legendRows, missingOf, ramp, spread } from './classes';
import { corners } from './shapes';
import { diameter, lookOf, passes, pictureName, rowsOf, SIGNS, symbolFeatures, type Look, type Shape } from './symbols';

const filters = { phases: [], sectors: [], type: null, also: [] };
const [row] = rowsOf({
  urn: [120001],
  name: ['Hill School'],
  lon: [-0.7],
  lat: [52.6],
  phase: ['primary'],
  sector: ['state'],
  status: ['open'],
  pupils: [210],
  capacity_pupils: [240],
  is_outside: [false],
  type: ['Community school'],
});

describe('the sign of a school', () => {
  it('grows in area with pupils, between a least and a most', () => {
    const area = (pupils: number): number => diameter(pupils) ** 2;
    expect(area(1200) / area(300)).toBeCloseTo(4, 0);
    expect(diameter(null)).toBe(10);
    expect(diameter(5)).toBe(10);
    expect(diameter(9000)).toBe(34);
  });

  it('has the same area whatever its shape', () => {
    const shapes = new Set<Shape>(Object.values(SIGNS).map((sign) => sign.shape));
    for (const shape of shapes) {
      const points = corners(shape, 10);
      if (points.length === 0) continue;
      expect(polygonArea(points)).toBeCloseTo(Math.PI * 100, 6);
    }
  });

  it('is found again from the name of its picture', () => {
    const look: Look = {
      phase: 'all_through',
      sector: 'independent',
      status: 'closed',
      isPale: true,
      isChosen: false,
      diameter: 22,
    };
    expect(lookOf(pictureName(look))).toEqual(look);
    expect(lookOf('cluster/26')).toBeNull();
  });

  it('is paler outside the region and where it is not reached', () => {
    const icon = (isPaler: boolean, isOutside: boolean) =>
      symbolFeatures([{ ...row!, is_outside: isOutside }], isPaler).features[0]!.properties.icon;
    expect(icon(false, false)).toContain('full');
    expect(icon(true, false)).toContain('pale');
    expect(icon(false, true)).toContain('pale');
  });
});

describe('filters', () => {
  it('let open schools through, and others when asked for', () => {
    expect(passes(row!, filters)).toBe(true);
    expect(passes({ ...row!, status: 'closing' }, filters)).toBe(true);
    expect(passes({ ...row!, status: 'closed' }, filters)).toBe(false);
    expect(passes({ ...row!, status: 'closed' }, { ...filters, also: ['closed'] })).toBe(true);
  });

  it('keep the phases, sectors and type that are chosen', () => {
    expect(passes(row!, { ...filters, phases: ['secondary'] })).toBe(false);
    expect(passes(row!, { ...filters, phases: ['secondary', 'primary'] })).toBe(true);
    expect(passes(row!, { ...filters, sectors: ['independent'] })).toBe(false);
    expect(passes(row!, { ...filters, type: 'Free schools' })).toBe(false);
  });
});

describe('bands', () => {
  it('have one colour each, darker with time', () => {
    for (let count = 1; count <= 8; count += 1) {
      const lightness = bandColours(count).map(luma);
      expect(new Set(lightness).size).toBe(count);
      expect([...lightness].sort((a, b) => b - a)).toEqual(lightness);
    }
  });
});

const values: MeasureValues = {
  measure: 'children',
  kind: 'lsoa21',
  codes: ['a', 'b', 'c', 'd'],
  values: [0, 10, 100, null],
  status: ['measured', 'measured', 'measured', 'suppressed'],
  is_outside: [false, false, false, false],
  classes: { breaks: [0, 10, 20, 30, 40, 100], method: 'quantiles, rounded' },
};

describe('classes', () => {
  it('put a value at a bound in the upper class, and the most in the last', () => {
    const breaks = [0, 10, 20, 30, 40, 100];
    expect([0, 9.9, 10, 39, 40, 100].map((value) => classOf(value, breaks))).toEqual([
      0, 0, 1, 3, 4, 4,
    ]);
  });

  it('are stated in the legend with how many areas each has', () => {
    const rows = legendRows(values, 'neutral', 0);
    expect(rows.map((one) => one.words)).toEqual([
      '0 to under 10',
      '10 to under 20',
      '20 to under 30',
      '30 to under 40',
      '40 to 100',
    ]);
    expect(rows.map((one) => one.count)).toEqual([1, 1, 0, 0, 1]);
  });

  it('count the areas of the region only', () => {
    const border = { ...values, is_outside: [true, false, false, true] };
    expect(legendRows(border, 'neutral', 0).map((one) => one.count)).toEqual([0, 1, 0, 0, 1]);
    expect(missingOf(border)).toEqual({ codes: ['d'], reasons: [] });
  });

  it('say why values are missing', () => {
    expect(missingOf(values)).toEqual({ codes: ['d'], reasons: [['hidden to protect people', 1]] });
  });

  it('tell what was estimated from what was counted', () => {
    const mixed: MeasureValues = {
      ...values,
      status: ['estimated', 'measured', 'forecast', 'suppressed'],
    };
    expect(estimatedOf(mixed)).toEqual(['a', 'c']);
  });

  it('turn the judging ramp round where more is worse', () => {
    expect(ramp('more_is_worse')).toEqual([...ramp('more_is_better')].reverse());
    expect(ramp(null)).toEqual(ramp('neutral'));
  });

  it('spread fewer classes over the whole ramp', () => {
    expect(spread(['a', 'b', 'c', 'd', 'e'], 2, 1)).toBe('e');
    expect(spread(['a', 'b', 'c', 'd', 'e'], 1, 0)).toBe('c');
  });
});

function polygonArea(points: [number, number][]): number {
  const twice = points.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice / 2);
}

function luma(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

describe('tenths of England', () => {
  const values = {
    measure: 'imd_decile',
    kind: 'lsoa21',
    codes: ['a', 'b', 'c'],
    values: [1, 2, 10],
    status: ['measured', 'measured', 'measured'],
    is_outside: [false, false, false],
    classes: { breaks: [1, 3, 5, 7, 9, 10], method: '' },
    sources: [],
  } as unknown as Parameters<typeof legendRows>[0];

  it('are named two at a time, and the most deprived are the darkest', () => {
    const rows = legendRows(values, 'neutral', 0, 'tenth');
    expect(rows.map((row) => row.words)).toEqual(['1 and 2', '3 and 4', '5 and 6', '7 and 8', '9 and 10']);
    expect(rows.map((row) => row.count)).toEqual([2, 0, 0, 0, 1]);
    expect(rows[0]!.colour).toBe(ramp('neutral').at(-1));
  });
});
