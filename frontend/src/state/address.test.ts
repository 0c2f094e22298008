import { describe, expect, it } from 'vitest';
import { asPostcode, readAddress, startView, writeAddress, type View } from './address';

const views: [string, Partial<View>][] = [
  ['the start', {}],
  ['a postcode', { from: { kind: 'postcode', postcode: 'LE15 6HP' } }],
  ['a school to walk from', { from: { kind: 'school', urn: 120001 } }],
  ['a bare point', { from: { kind: 'point', lon: -0.728, lat: 52.67, called: null } }],
  [
    'a named point whose name needs spelling',
    { from: { kind: 'point', lon: 0.5, lat: 51, called: 'St Mary’s & All Saints, 1/2 + 3' } },
  ],
  ['a way of travelling', { mode: 'school_run' }],
  ['bands', { minutes: [5, 10, 15] }],
  ['a school', { school: 138113 }],
  ['an area and a layer', { area: 'E01013799', layer: 'walk_to_primary' }],
  ['a table', { table: 'reach', from: { kind: 'postcode', postcode: 'E1 6AN' } }],
  ['the page about the atlas', { page: 'about' }],
  ['the page about data quality', { page: 'quality' }],
  ['a camera', { camera: { zoom: 12.5, lat: 52.67, lon: -0.728 } }],
  [
    'filters',
    {
      filters: {
        phases: ['primary', 'all_through'],
        sectors: ['independent'],
        type: 'Academy special converter',
        also: ['proposed', 'closed'],
      },
    },
  ],
];

describe('the address', () => {
  it.each(views)('brings back %s', (_, part) => {
    const view = { ...startView(), ...part };
    expect(readAddress(writeAddress(view))).toEqual(view);
  });

  it('is bare at the start', () => {
    expect(writeAddress(startView())).toBe('');
  });

  it('reads well in a link', () => {
    const view = { ...startView(), from: { kind: 'postcode' as const, postcode: 'LE15 6HP' } };
    expect(writeAddress({ ...view, minutes: [10, 20] })).toBe('?from=LE15+6HP&minutes=10,20');
  });

  it('names the way of travelling, unless it is on foot', () => {
    expect(writeAddress({ ...startView(), mode: 'cycle_quiet' })).toBe('?mode=cycle_quiet');
    expect(readAddress('?mode=teleport').mode).toBe('walk');
  });

  it('takes a postcode however it is typed', () => {
    expect(readAddress('?from=le156hp').from).toEqual({ kind: 'postcode', postcode: 'LE15 6HP' });
  });

  it.each([
    '?from=nonsense',
    '?from=1,2,3',
    '?school=abc',
    '?minutes=0,61,abc',
    '?map=1/2',
    '?map=12/x/0',
    '?map=99/52/0',
    '?phase=kindergarten',
    '?show=open',
    '?table=chairs',
    '?page=else',
    '?area=<script>',
  ])('leaves the start alone where it cannot understand %s', (search) => {
    expect(readAddress(search)).toEqual(startView());
  });

  it('puts minutes in order, once each, and at most eight of them', () => {
    expect(readAddress('?minutes=30,10,10,20').minutes).toEqual([10, 20, 30]);
    expect(readAddress('?minutes=5,6,7,8,9,10,11,12,13').minutes).toHaveLength(8);
  });
});

describe('a postcode', () => {
  it.each([
    ['le156hp', 'LE15 6HP'],
    [' e1 6 an', 'E1 6AN'],
    ['EC1A 1BB', 'EC1A 1BB'],
    ['Oakham', null],
    ['LE15', null],
    ['', null],
  ])('%s is spelled %s', (typed, spelled) => {
    expect(asPostcode(typed)).toBe(spelled);
  });
});
