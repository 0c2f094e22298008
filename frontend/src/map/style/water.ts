import type { LayerSpecification } from 'maplibre-gl';
import { PALETTE } from './palette';
import { BASEMAP } from './sources';
import { growing, growingByClass } from './zoom';

/** Lakes with a fine shoreline, and rivers that thicken as one comes closer. */
export function waterLayers(): LayerSpecification[] {
  return [
    {
      id: 'waterway',
      type: 'line',
      source: BASEMAP,
      'source-layer': 'waterway',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': PALETTE.water,
        'line-width': growingByClass({
          river: [[8, 0.7], [11, 1.5], [14, 3.5], [18, 16]],
          canal: [[9, 0.6], [11, 1.2], [14, 3], [18, 14]],
          stream: [[11, 0.4], [14, 1.4], [18, 6]],
          drain: [[13, 0.5], [14, 0.9], [18, 4]],
          ditch: [[13, 0.4], [14, 0.7], [18, 3]],
        }),
      },
    },
    {
      id: 'water',
      type: 'fill',
      source: BASEMAP,
      'source-layer': 'water',
      paint: { 'fill-color': PALETTE.water },
    },
    {
      id: 'water-shore',
      type: 'line',
      source: BASEMAP,
      'source-layer': 'water',
      minzoom: 10,
      paint: {
        'line-color': PALETTE.waterEdge,
        'line-width': growing([[10, 0.4], [14, 0.8], [18, 1.6]]),
      },
    },
  ];
}
