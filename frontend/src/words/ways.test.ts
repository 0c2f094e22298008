import { describe, expect, it } from 'vitest';
import { groupsOf, MODES, signOf } from './modes';
import { busLine, wayLine } from './ways';

const way = { minutes: 12, metres: 953, climb_m: null, roads_crossed: null, crossings: [] };

describe('the way to a school', () => {
  it.each([
    [{}, '950 m'],
    [{ metres: 4 }, 'under 10 m'],
    [{ climb_m: 42, roads_crossed: 1 }, '950 m · climbs 42 m · crosses 1 main road'],
    [{ roads_crossed: 0 }, '950 m · crosses no main road'],
    [{ metres: 1249, roads_crossed: 3 }, '1.2 km · crosses 3 main roads'],
  ])('with %o says %s', (part, says) => {
    expect(wayLine({ ...way, ...part })).toBe(says);
  });
});

describe('the way to a school by bus', () => {
  const walk = { kind: 'walk' as const, line: null };
  const way = { minutes: 15, depart: '08:29', arrive: '08:44' };
  it.each([
    [[walk, { kind: 'ride' as const, line: '4' }, walk], 'leave 08:29 · line 4 · there 08:44'],
    [
      [{ kind: 'ride' as const, line: null }, { kind: 'ride' as const, line: 'X7' }],
      'leave 08:29 · the bus, line X7 · there 08:44',
    ],
    [[walk], 'no bus is quicker than walking'],
  ])('with %o says %s', (legs, says) => {
    expect(busLine({ ...way, legs })).toBe(says);
  });
});

describe('ways of travelling', () => {
  it('are offered as far as the release has them, with a sign each', () => {
    expect(groupsOf(['walk', 'school_run']).map((group) => group.modes.length)).toEqual([1, 1]);
    expect(groupsOf(MODES).flatMap((group) => group.modes.map(({ mode }) => mode))).toEqual(MODES);
    expect(MODES.map(signOf)).toEqual(['walk', 'pram', 'cycle', 'cycle', 'car', 'car', 'bus']);
  });
});
