import type { LayerSpecification } from 'maplibre-gl';

/** Empty layers that mark where the page inserts its own: `map.addLayer(layer, SLOT.bands)`. */
export const SLOT = {
  /** Values of areas: above land, below water, buildings and streets: nobody lives in a lake. */
  choropleth: 'slot-choropleth',
  /** Minutes: above values and buildings, below streets, so that streets stay readable. */
  bands: 'slot-bands',
  /** Outlines of chosen areas and bands: above streets, below every name. */
  outlines: 'slot-outlines',
  /** Schools and the chosen place: above everything. */
  symbols: 'slot-symbols',
} as const;

export type Slot = (typeof SLOT)[keyof typeof SLOT];

/** The marker itself, which draws nothing. */
export function slot(id: Slot): LayerSpecification {
  return { id, type: 'background', layout: { visibility: 'none' } };
}
