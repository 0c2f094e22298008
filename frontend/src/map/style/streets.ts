import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { PALETTE } from './palette';
import { BASEMAP } from './sources';
import { at, growing, growingByClass, steady, type Stops } from './zoom';

/** Width of each class of road in pixels; a zoom below the first stop does not draw it. */
export const ROAD_WIDTH: Readonly<Record<string, Stops>> = {
  motorway: [[6, 0.9], [8, 1.4], [10, 2.2], [12, 3.4], [14, 6.5], [16, 13], [18, 30]],
  trunk: [[6, 0.7], [8, 1.2], [10, 2], [12, 3.1], [14, 6], [16, 12], [18, 28]],
  primary: [[7, 0.6], [8, 0.9], [10, 1.7], [12, 2.8], [14, 5.6], [16, 11.5], [18, 27]],
  secondary: [[9, 0.6], [10, 1.1], [12, 2.2], [14, 4.8], [16, 10.5], [18, 25]],
  tertiary: [[10, 0.7], [12, 1.7], [14, 4.2], [16, 9.5], [18, 23]],
  minor: [[11, 0.5], [12, 0.9], [13, 1.7], [14, 3], [16, 8], [18, 20]],
  service: [[13, 0.6], [14, 1.2], [16, 4], [18, 10]],
  runway: [[10, 1], [12, 3], [14, 9], [16, 30], [18, 110]],
  taxiway: [[11, 0.5], [12, 1], [14, 3], [16, 10], [18, 36]],
};
const HAIR: Stops = [[8, 0.5], [12, 0.6], [14, 0.8], [18, 1.2]];
const LINK_NARROWER = 0.62;

const DRAWN = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'minor', 'service'];
const ORDER: ExpressionSpecification = [
  '+',
  ['*', 10, ['coalesce', ['get', 'level'], 0]],
  [
    'match', ['get', 'class'],
    'motorway', 9, 'trunk', 8, 'primary', 7, 'secondary', 6, 'tertiary', 5, 'minor', 4, 'service', 2,
    1,
  ],
];
const FILL: ExpressionSpecification = [
  'match', ['get', 'class'],
  'motorway', PALETTE.roadMotorway,
  ['trunk', 'primary'], PALETTE.roadMain,
  PALETTE.road,
];
const EDGE: ExpressionSpecification = [
  'match', ['get', 'class'],
  'motorway', PALETTE.roadMotorwayEdge,
  ['trunk', 'primary'], PALETTE.roadMainEdge,
  PALETTE.roadEdge,
];

type Place = 'tunnel' | 'ground' | 'bridge';

/** Streets, paths and rails: what is below ground, then on it, then on bridges. */
export function streetLayers(): LayerSpecification[] {
  return [
    ...airfield(),
    ...level('tunnel'),
    square(),
    ...level('ground'),
    ...level('bridge'),
  ];
}

function level(place: Place): LayerSpecification[] {
  return [
    ...(place === 'bridge' ? [bridgeDeck()] : []),
    path(place),
    steps(place),
    track(place),
    casing(place),
    road(place),
    ...(place === 'tunnel' ? [] : rail(place)),
  ];
}

function on(place: Place, ...also: ExpressionSpecification[]): FilterSpecification {
  const wanted: Record<Place, ExpressionSpecification[]> = {
    tunnel: [['has', 'is_tunnel']],
    ground: [['!', ['has', 'is_tunnel']], ['!', ['has', 'is_bridge']]],
    bridge: [['has', 'is_bridge']],
  };
  return ['all', ...wanted[place], ...also] as FilterSpecification;
}

function isOneOf(...classes: string[]): ExpressionSpecification {
  return ['in', ['get', 'class'], ['literal', classes]];
}

/** Width of the road, links narrower, and a hair on either side for the line beneath it. */
function widths(withCasing: boolean): ExpressionSpecification {
  const drawn = Object.fromEntries(DRAWN.map((name) => [name, ROAD_WIDTH[name] ?? []] as const));
  return growingByClass(drawn, (width, zoom) => {
    if (!width) return 0;
    const hairs = withCasing ? 2 * at(HAIR, Math.max(zoom, 8)) : 0;
    return ['case', ['has', 'is_link'], width * LINK_NARROWER + hairs, width + hairs];
  });
}

function casing(place: Place): LayerSpecification {
  return {
    id: `road-${place}-casing`,
    type: 'line',
    source: BASEMAP,
    'source-layer': 'road',
    minzoom: 8,
    filter: on(place, isOneOf(...DRAWN)),
    layout: {
      'line-cap': place === 'ground' ? 'round' : 'butt',
      'line-join': 'round',
      'line-sort-key': ORDER,
    },
    paint: {
      'line-color': EDGE,
      'line-width': widths(true),
      'line-opacity': place === 'tunnel' ? 0.5 : steady([[8, 0.6], [12, 0.9], [14, 1]]),
    },
  };
}

function road(place: Place): LayerSpecification {
  return {
    id: `road-${place}`,
    type: 'line',
    source: BASEMAP,
    'source-layer': 'road',
    filter: on(place, isOneOf(...DRAWN)),
    layout: {
      'line-cap': place === 'ground' ? 'round' : 'butt',
      'line-join': 'round',
      'line-sort-key': ORDER,
    },
    paint: {
      'line-color': FILL,
      'line-width': widths(false),
      'line-opacity': place === 'tunnel' ? 0.6 : 1,
    },
  };
}

function bridgeDeck(): LayerSpecification {
  return {
    id: 'bridge-deck',
    type: 'line',
    source: BASEMAP,
    'source-layer': 'road',
    minzoom: 14,
    filter: on('bridge', isOneOf('path', 'steps', 'track')),
    paint: {
      'line-color': PALETTE.paper,
      'line-width': growing([[14, 3], [18, 8]]),
    },
  };
}

function path(place: Place): LayerSpecification {
  return {
    id: `path-${place}`,
    type: 'line',
    source: BASEMAP,
    'source-layer': 'road',
    minzoom: 13.5,
    filter: on(place, isOneOf('path')),
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': PALETTE.path,
      'line-width': growing([[14, 0.7], [16, 1.1], [18, 2]]),
      'line-dasharray': [3, 1.8],
      'line-opacity': [
        'interpolate', ['linear'], ['zoom'],
        13.5, 0,
        14.2, ['case', ['==', ['get', 'kind'], 'sidewalk'], 0, place === 'tunnel' ? 0.4 : 0.9],
        16, ['case', ['==', ['get', 'kind'], 'sidewalk'], 0.35, place === 'tunnel' ? 0.4 : 0.9],
      ],
    },
  };
}

function steps(place: Place): LayerSpecification {
  return {
    id: `steps-${place}`,
    type: 'line',
    source: BASEMAP,
    'source-layer': 'road',
    minzoom: 15,
    filter: on(place, isOneOf('steps')),
    paint: {
      'line-color': PALETTE.path,
      'line-width': growing([[15, 1.6], [16, 2.4], [18, 6]]),
      'line-dasharray': [0.35, 0.35],
    },
  };
}

function track(place: Place): LayerSpecification {
  return {
    id: `track-${place}`,
    type: 'line',
    source: BASEMAP,
    'source-layer': 'road',
    minzoom: 13,
    filter: on(place, isOneOf('track')),
    paint: {
      'line-color': PALETTE.path,
      'line-width': growing([[13, 0.5], [14, 0.9], [16, 1.5], [18, 3]]),
      'line-dasharray': [7, 2],
      'line-opacity': 0.8,
    },
  };
}

function rail(place: Place): LayerSpecification[] {
  const line = {
    type: 'line',
    source: BASEMAP,
    'source-layer': 'rail',
  } as const;
  const width = growing([[8, 0.6], [12, 1.2], [14, 1.8], [16, 2.8], [18, 5]]);
  const filter = on(place, ['any', ['!=', ['get', 'class'], 'siding'], ['>=', ['zoom'], 13]]);
  return [
    {
      ...line,
      id: `rail-${place}`,
      filter,
      minzoom: 8,
      paint: {
        'line-color': PALETTE.rail,
        'line-width': width,
        'line-opacity': steady([[8, 0.45], [12, 0.8], [14, 1]]),
      },
    },
    {
      ...line,
      id: `rail-${place}-dash`,
      filter,
      minzoom: 11,
      paint: {
        'line-color': PALETTE.paper,
        'line-width': growing([[11, 0.5], [14, 1], [16, 1.7], [18, 3.4]]),
        'line-dasharray': [5, 5],
      },
    },
  ];
}

function square(): LayerSpecification {
  return {
    id: 'square',
    type: 'fill',
    source: BASEMAP,
    'source-layer': 'urban',
    minzoom: 13,
    filter: ['==', ['get', 'class'], 'square'],
    paint: { 'fill-color': PALETTE.road, 'fill-outline-color': PALETTE.roadEdge },
  };
}

function airfield(): LayerSpecification[] {
  return [
    {
      id: 'airfield',
      type: 'line',
      source: BASEMAP,
      'source-layer': 'road',
      minzoom: 10,
      filter: isOneOf('runway', 'taxiway'),
      paint: {
        'line-color': PALETTE.industrial,
        'line-width': growingByClass({
          runway: ROAD_WIDTH['runway'] ?? [],
          taxiway: ROAD_WIDTH['taxiway'] ?? [],
        }),
      },
    },
  ];
}
