/** The map beneath the atlas, as a MapLibre style: a printed page that the data are laid upon. */
import type { StyleSpecification } from 'maplibre-gl';
import { buildingLayers, landLayers } from './land';
import { limitLayers, limitNames } from './limits';
import { nameLayers } from './names';
import { slot, SLOT } from './slots';
import { sources, type StyleRelease } from './sources';
import { streetLayers } from './streets';
import { waterLayers } from './water';

export { BOLD, ITALIC, REGULAR } from './fonts';
export { PALETTE, PHASE_COLOUR } from './palette';
export { SLOT, type Slot } from './slots';
export { AREAS, BASEMAP, type StyleRelease } from './sources';

/**
 * The style for one build: its sources, every layer of the map, and the slots for the page's own.
 *
 * The page must have loaded `@fontsource/atkinson-hyperlegible` (400, 400-italic, 700).
 */
export function baseStyle(
  release: StyleRelease,
  origin: string = globalThis.location.origin,
): StyleSpecification {
  return {
    version: 8,
    sources: sources(release, origin),
    layers: [
      ...landLayers(),
      slot(SLOT.choropleth),
      ...waterLayers(),
      ...buildingLayers(),
      slot(SLOT.bands),
      ...streetLayers(),
      ...limitLayers(),
      slot(SLOT.outlines),
      ...nameLayers(),
      ...limitNames(),
      slot(SLOT.symbols),
    ],
  };
}
