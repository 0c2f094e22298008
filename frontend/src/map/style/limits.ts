import type { LayerSpecification } from 'maplibre-gl';
import { ITALIC } from './fonts';
import { PALETTE } from './palette';
import { AREAS, BASEMAP } from './sources';
import { growing, steady } from './zoom';

/** The authority's outline with a soft band, and where the street network ends. */
export function limitLayers(): LayerSpecification[] {
  return [
    {
      id: 'coverage-edge',
      type: 'line',
      source: BASEMAP,
      'source-layer': 'coverage',
      minzoom: 9,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': PALETTE.coverageEdge,
        'line-width': growing([[9, 0.6], [14, 1.2]]),
        'line-dasharray': [1.5, 2.5],
        'line-opacity': steady([[9, 0], [10, 0.8]]),
      },
    },
    {
      id: 'authority-band',
      type: 'line',
      source: AREAS,
      'source-layer': 'authority',
      filter: ['!', ['get', 'is_outside']],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': PALETTE.authorityBand,
        'line-width': growing([[6, 3], [10, 7], [14, 12], [18, 18]]),
        'line-opacity': steady([[8, 0.28], [14, 0.2]]),
        'line-blur': 1,
      },
    },
    {
      id: 'authority-line',
      type: 'line',
      source: AREAS,
      'source-layer': 'authority',
      filter: ['!', ['get', 'is_outside']],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': PALETTE.authority,
        'line-width': growing([[6, 0.7], [10, 1.1], [14, 1.6], [18, 2.2]]),
        'line-opacity': 0.75,
      },
    },
  ];
}

/** Words along the end of the street network. */
export function limitNames(): LayerSpecification[] {
  return [
    {
      id: 'coverage-edge-name',
      type: 'symbol',
      source: BASEMAP,
      'source-layer': 'coverage_edge',
      minzoom: 10.5,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 340,
        'text-field': 'edge of the street network',
        'text-font': ITALIC,
        'text-size': 11,
        'text-letter-spacing': 0.06,
        'text-offset': [0, -0.9],
        'text-max-angle': 30,
      },
      paint: {
        'text-color': PALETTE.coverageEdge,
        'text-halo-color': PALETTE.beyond,
        'text-halo-width': 1.4,
      },
    },
  ];
}
