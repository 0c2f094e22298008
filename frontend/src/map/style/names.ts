import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import { BOLD, ITALIC, REGULAR } from './fonts';
import { PALETTE } from './palette';
import { AREAS, BASEMAP } from './sources';
import { steady, type Stops } from './zoom';

type Layout = NonNullable<SymbolLayerSpecification['layout']>;
type Paint = NonNullable<SymbolLayerSpecification['paint']>;

const HALO: Paint = {
  'text-halo-color': PALETTE.paper,
  'text-halo-width': 1.5,
  'text-halo-blur': 0.4,
};

/** Every name on the map; later layers win the room. */
export function nameLayers(): LayerSpecification[] {
  return [
    ...streetNames(),
    ...waterNames(),
    ...groundNames(),
    ...roadNumbers(),
    station(),
    ...placeNames(),
    authorityName(),
  ];
}

function streetNames(): LayerSpecification[] {
  return [
    streetName('street-name-path', 15.5, isClass('path', 'track', 'steps'), [[15.5, 10], [18, 12]], {
      'text-font': ITALIC,
    }),
    streetName('street-name-minor', 14, isClass('minor', 'service'), [[14, 9.5], [16, 11.5], [18, 14]]),
    streetName('street-name-main', 12.5, isClass('tertiary', 'secondary', 'primary', 'trunk'), [
      [12.5, 9.5], [15, 11.5], [18, 15],
    ]),
  ];
}

function streetName(
  id: string,
  minzoom: number,
  filter: FilterSpecification,
  size: Stops,
  layout: Layout = {},
): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source: BASEMAP,
    'source-layer': 'road',
    minzoom,
    filter,
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-field': ['get', 'name'],
      'text-font': REGULAR,
      'text-size': steady(size),
      'text-letter-spacing': 0.02,
      'text-max-angle': 28,
      'text-padding': 4,
      ...layout,
    },
    paint: { ...HALO, 'text-color': PALETTE.roadName, 'text-halo-color': '#fffdf9' },
  };
}

function roadNumbers(): LayerSpecification[] {
  return [
    roadNumber('road-number-b', 12, isClass('secondary'), 9.5),
    roadNumber('road-number-a', 9, isClass('primary', 'trunk'), 10),
    roadNumber('road-number-m', 8, isClass('motorway'), 10.5),
  ];
}

function roadNumber(
  id: string,
  minzoom: number,
  filter: FilterSpecification,
  size: number,
): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source: BASEMAP,
    'source-layer': 'road',
    minzoom,
    filter: ['all', filter, ['!', ['has', 'is_link']]] as FilterSpecification,
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 420,
      'text-field': ['get', 'ref'],
      'text-font': BOLD,
      'text-size': steady([[9, size - 1], [16, size + 1.5]]),
      'text-rotation-alignment': 'viewport',
      'text-pitch-alignment': 'viewport',
      'text-padding': 14,
    },
    paint: {
      'text-color': '#7c6534',
      'text-halo-color': PALETTE.roadMain,
      'text-halo-width': 2.4,
    },
  };
}

function waterNames(): LayerSpecification[] {
  return [
    {
      id: 'waterway-name',
      type: 'symbol',
      source: BASEMAP,
      'source-layer': 'waterway',
      minzoom: 12,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 380,
        'text-field': ['get', 'name'],
        'text-font': ITALIC,
        'text-size': steady([[12, 10.5], [16, 13]]),
        'text-letter-spacing': 0.06,
        'text-max-angle': 30,
      },
      paint: { ...HALO, 'text-color': PALETTE.waterName },
    },
    {
      id: 'water-name',
      ...areaName('water'),
      layout: {
        ...areaName('water').layout,
        'text-font': ITALIC,
        'text-letter-spacing': 0.08,
        'text-size': steady([[9, 11], [12, 14], [16, 17]]),
      },
      paint: {
        'text-color': PALETTE.waterName,
        'text-halo-color': PALETTE.water,
        'text-halo-width': 1,
      },
    },
  ];
}

function groundNames(): LayerSpecification[] {
  return [
    {
      id: 'green-name',
      ...areaName('green'),
      minzoom: 13,
      paint: { ...HALO, 'text-color': PALETTE.greenName, 'text-halo-color': '#eef2e9' },
    },
  ];
}

function areaName(layer: string) {
  return {
    type: 'symbol',
    source: BASEMAP,
    'source-layer': 'area_name',
    filter: isClass(layer),
    layout: {
      'text-field': ['get', 'name'],
      'text-font': ITALIC,
      'text-size': steady([[12, 10.5], [16, 12.5]]),
      'text-max-width': 7,
      'symbol-sort-key': ['get', 'rank'],
    },
  } as const satisfies Omit<SymbolLayerSpecification, 'id'>;
}

function station(): LayerSpecification {
  return {
    id: 'station-name',
    type: 'symbol',
    source: BASEMAP,
    'source-layer': 'station',
    minzoom: 13,
    layout: {
      'text-field': ['concat', '◼ ', ['get', 'name'], ' station'],
      'text-font': REGULAR,
      'text-size': steady([[13, 10], [16, 12]]),
      'text-max-width': 8,
    },
    paint: { ...HALO, 'text-color': PALETTE.labelQuiet },
  };
}

function placeNames(): LayerSpecification[] {
  return [
    placeName('ward', [10, 24], [[10, 10], [14, 12]], PALETTE.labelPale, {
      layout: { 'text-font': ITALIC },
      paint: { 'text-halo-color': PALETTE.beyond },
    }),
    placeName('district', [10.5, 17], [[10.5, 10], [13, 13], [16, 15]], PALETTE.labelQuiet),
    placeName('hamlet', [12, 18], [[12, 10.5], [15, 13]], PALETTE.labelQuiet),
    placeName('suburb', [11.5, 17], [[11.5, 10], [15, 13]], PALETTE.labelQuiet, {
      layout: { 'text-transform': 'uppercase', 'text-letter-spacing': 0.12 },
    }),
    placeName('village', [9.5, 17], [[9.5, 10], [12, 12.5], [15, 16]], PALETTE.label),
    placeName('town', [7, 15.5], [[7, 11], [10, 14.5], [13, 19], [16, 24]], PALETTE.label, {
      layout: { 'text-font': BOLD },
    }),
    placeName('city', [6, 14.5], [[6, 13], [10, 19], [13, 26], [16, 30]], PALETTE.label, {
      layout: { 'text-font': BOLD, 'text-letter-spacing': 0.04 },
    }),
  ];
}

function placeName(
  kind: string,
  [minzoom, maxzoom]: readonly [number, number],
  size: Stops,
  colour: string,
  differing: { layout?: Layout; paint?: Paint } = {},
): LayerSpecification {
  return {
    id: `place-${kind}`,
    type: 'symbol',
    source: BASEMAP,
    'source-layer': 'place',
    minzoom,
    maxzoom,
    filter: isClass(kind),
    layout: {
      'text-field': ['get', 'name'],
      'text-font': REGULAR,
      'text-size': steady(size),
      'text-max-width': 8,
      'text-line-height': 1.1,
      'text-padding': 4,
      // A name gives way to the schools and counts drawn on top of it, but stays beside them.
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
      'text-radial-offset': 1,
      'text-justify': 'auto',
      'symbol-sort-key': ['get', 'rank'],
      ...differing.layout,
    },
    paint: {
      ...HALO,
      'text-color': colour,
      'text-opacity': steady([[maxzoom - 1, 1], [maxzoom, 0]]),
      ...differing.paint,
    },
  };
}

function authorityName(): LayerSpecification {
  return {
    id: 'authority-name',
    type: 'symbol',
    source: AREAS,
    'source-layer': 'authority_label',
    maxzoom: 9.5,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': REGULAR,
      'text-transform': 'uppercase',
      'text-letter-spacing': 0.22,
      'text-size': steady([[5, 10], [9, 14]]),
      'text-max-width': 9,
      'symbol-sort-key': ['case', ['get', 'is_outside'], 1, 0],
    },
    paint: {
      ...HALO,
      'text-color': PALETTE.authority,
      'text-opacity': ['case', ['get', 'is_outside'], 0.6, 1],
    },
  };
}

function isClass(...classes: string[]): ExpressionSpecification & FilterSpecification {
  return ['in', ['get', 'class'], ['literal', classes]] as ExpressionSpecification &
    FilterSpecification;
}
