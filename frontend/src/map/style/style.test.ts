import type { LayerSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { BOLD, ITALIC, REGULAR } from './fonts';
import { baseStyle, SLOT } from './index';
import { at, growing, growingByClass } from './zoom';

const RELEASE = {
  bounds: [-0.8, 52.5, -0.4, 52.8],
  tiles: { basemap: '/tiles/basemap@1/{z}/{x}/{y}.mvt', areas: '/tiles/areas@2/{z}/{x}/{y}.mvt' },
  tile_zooms: { basemap: [6, 14], areas: [4, 12] },
};
const STYLE = baseStyle(RELEASE, 'http://atlas.test');
const TILED = {
  basemap: [
    'water', 'green', 'urban', 'school_site', 'waterway', 'building', 'road', 'rail', 'station',
    'place', 'coverage', 'coverage_edge', 'area_name',
  ],
  areas: ['authority', 'ward25', 'lsoa21', 'authority_label', 'ward25_label', 'lsoa21_label'],
};

const place = (id: string): number => STYLE.layers.findIndex((layer) => layer.id === id);
const layout = (layer: LayerSpecification): Record<string, unknown> =>
  (layer.layout ?? {}) as Record<string, unknown>;

describe('the style of the basemap', () => {
  it('asks no server but its own, and for tiles alone', () => {
    expect(STYLE.glyphs).toBeUndefined();
    expect(STYLE.sprite).toBeUndefined();
    expect(JSON.stringify(STYLE).match(/https?:\/\/[^/"]+/g)).toEqual([
      'http://atlas.test',
      'http://atlas.test',
    ]);
  });

  it('names every layer once', () => {
    const ids = STYLE.layers.map((layer) => layer.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('draws only layers that the tiles have', () => {
    for (const layer of STYLE.layers) {
      if (!('source' in layer) || !('source-layer' in layer)) continue;
      expect(TILED[layer.source as keyof typeof TILED]).toContain(layer['source-layer']);
    }
  });

  it('keeps the slots in order: values, minutes, outlines, schools', () => {
    const order = [SLOT.choropleth, SLOT.bands, SLOT.outlines, SLOT.symbols].map(place);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(place('urban'));
    expect(place('water')).toBeGreaterThan(order[0] ?? Infinity);
    expect(place('road-ground')).toBeGreaterThan(order[1] ?? Infinity);
    expect(order[3]).toBe(STYLE.layers.length - 1);
  });

  it('puts the names of places above every line and fill', () => {
    const firstName = STYLE.layers.findIndex((layer) => layer.type === 'symbol');
    const last = STYLE.layers.findLastIndex((layer) => ['line', 'fill'].includes(layer.type));
    expect(firstName).toBeGreaterThan(last);
  });

  it('writes in the fonts that the page ships', () => {
    const fonts = STYLE.layers
      .filter((layer) => layer.type === 'symbol')
      .map((layer) => layout(layer)['text-font']);
    expect(fonts.length).toBeGreaterThan(10);
    for (const font of fonts) expect([REGULAR, BOLD, ITALIC]).toContainEqual(font);
  });
});

describe('a width that grows with the zoom', () => {
  it('is what its stops say, between them geometric, and nothing before the first', () => {
    const stops = [[10, 1], [12, 4]] as const;
    expect([9, 10, 11, 12, 13].map((zoom) => at(stops, zoom))).toEqual([0, 1, 2, 4, 4]);
  });

  it('lists zoom and value in turn', () => {
    expect(growing([[8, 1], [14, 6]])).toEqual(['interpolate', ['exponential', 1.5], ['zoom'], 8, 1, 14, 6]);
  });

  it('asks the class at each zoom that any class has', () => {
    const width = growingByClass({ trunk: [[6, 1], [8, 2]], minor: [[8, 1]] });
    expect(width.slice(3)).toEqual([
      6, ['match', ['get', 'class'], 'trunk', 1, 'minor', 0, 0],
      8, ['match', ['get', 'class'], 'trunk', 2, 'minor', 1, 0],
    ]);
  });
});
