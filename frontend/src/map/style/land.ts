import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { PALETTE } from './palette';
import { AREAS, BASEMAP } from './sources';
import { growing, steady } from './zoom';

/** Paper, and what lies on it: settlements, greens, school grounds. */
export function landLayers(): LayerSpecification[] {
  return [
    { id: 'background', type: 'background', paint: { 'background-color': PALETTE.beyond } },
    {
      id: 'authority-outside',
      type: 'line',
      source: AREAS,
      'source-layer': 'authority',
      maxzoom: 12,
      filter: ['get', 'is_outside'],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': PALETTE.labelPale,
        'line-width': growing([[6, 0.4], [12, 0.7]]),
        'line-dasharray': [6, 3, 1, 3],
        'line-opacity': steady([[10, 0.55], [12, 0]]),
      },
    },
    {
      id: 'authority-land',
      type: 'fill',
      source: AREAS,
      'source-layer': 'authority',
      filter: ['!', ['get', 'is_outside']],
      paint: { 'fill-color': PALETTE.uncovered },
    },
    {
      id: 'ward-beyond',
      type: 'line',
      source: AREAS,
      'source-layer': 'ward25',
      minzoom: 9,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': PALETTE.wardEdge,
        'line-width': growing([[9, 0.4], [14, 1]]),
        'line-opacity': steady([[9, 0], [10.5, 1]]),
      },
    },
    {
      id: 'coverage-fade',
      type: 'line',
      source: BASEMAP,
      'source-layer': 'coverage',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': PALETTE.paper,
        'line-width': growing([[6, 4], [10, 16], [14, 40]]),
        'line-blur': growing([[6, 4], [10, 14], [14, 36]]),
      },
    },
    {
      id: 'coverage',
      type: 'fill',
      source: BASEMAP,
      'source-layer': 'coverage',
      paint: { 'fill-color': PALETTE.paper, 'fill-antialias': false },
    },
    urban(),
    green('park', ['park', 'cemetery', 'allotments', 'grass', 'heath', 'wetland'], PALETTE.green, 9),
    green('wood', ['wood', 'scrub'], PALETTE.wood, 8),
    green('sand', ['sand'], PALETTE.sand, 10),
    schoolSite(),
    pitch(),
  ];
}

/** Houses, outlined; they come in at zoom 13.5. */
export function buildingLayers(): LayerSpecification[] {
  return [
    {
      id: 'building',
      type: 'fill',
      source: BASEMAP,
      'source-layer': 'building',
      minzoom: 13.5,
      paint: {
        'fill-color': PALETTE.building,
        'fill-outline-color': PALETTE.buildingEdge,
        'fill-opacity': steady([[13.5, 0], [14.5, 1]]),
      },
    },
  ];
}

function urbanColour(homes: string): ExpressionSpecification {
  const works = ['industrial', 'commercial', 'quarry'];
  return ['match', ['get', 'class'], works, PALETTE.industrial, homes];
}

function urban(): LayerSpecification {
  return {
    id: 'urban',
    type: 'fill',
    source: BASEMAP,
    'source-layer': 'urban',
    filter: ['!=', ['get', 'class'], 'square'],
    paint: {
      'fill-color': [
        'interpolate', ['linear'], ['zoom'],
        10.5, urbanColour(PALETTE.urbanFar),
        13, urbanColour(PALETTE.urban),
      ],
      'fill-opacity': steady([[6, 1], [14, 1], [16, 0.75]]),
    },
  };
}

function green(id: string, classes: string[], colour: string, minzoom: number): LayerSpecification {
  return {
    id: `green-${id}`,
    type: 'fill',
    source: BASEMAP,
    'source-layer': 'green',
    minzoom,
    filter: ['in', ['get', 'class'], ['literal', classes]],
    paint: { 'fill-color': colour, 'fill-opacity': steady([[minzoom, 0.5], [minzoom + 2, 1]]) },
  };
}

function pitch(): LayerSpecification {
  return {
    id: 'green-pitch',
    type: 'fill',
    source: BASEMAP,
    'source-layer': 'green',
    minzoom: 13,
    filter: ['==', ['get', 'class'], 'pitch'],
    paint: { 'fill-color': PALETTE.green, 'fill-outline-color': PALETTE.wood },
  };
}

function schoolSite(): LayerSpecification {
  return {
    id: 'school-site',
    type: 'fill',
    source: BASEMAP,
    'source-layer': 'school_site',
    minzoom: 12,
    paint: {
      'fill-color': PALETTE.school,
      'fill-outline-color': PALETTE.schoolEdge,
      'fill-opacity': steady([[12, 0.4], [14, 0.9]]),
    },
  };
}
