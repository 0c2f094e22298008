import type { StyleSpecification } from 'maplibre-gl';

/** What the style needs to know about the build it draws; part of the API's release. */
export interface StyleRelease {
  readonly tiles: { readonly basemap: string; readonly areas: string };
  readonly tile_zooms: {
    readonly basemap: readonly number[];
    readonly areas: readonly number[];
  };
  readonly bounds: readonly number[];
}

export const BASEMAP = 'basemap';
export const AREAS = 'areas';

export const CREDIT =
  '© OpenStreetMap contributors · Contains OS and ONS data © Crown copyright and database right';

/** The two tile sets. Tiles are fetched by workers, which need whole addresses. */
export function sources(release: StyleRelease, origin: string): StyleSpecification['sources'] {
  return {
    [BASEMAP]: {
      type: 'vector',
      tiles: [whole(release.tiles.basemap, origin)],
      ...zooms(release.tile_zooms.basemap),
      attribution: CREDIT,
    },
    [AREAS]: {
      type: 'vector',
      tiles: [whole(release.tiles.areas, origin)],
      ...zooms(release.tile_zooms.areas),
      promoteId: 'code',
    },
  };
}

function whole(address: string, origin: string): string {
  return address.startsWith('/') ? origin + address : address;
}

function zooms(range: readonly number[]): { minzoom: number; maxzoom: number } {
  return { minzoom: range[0] ?? 0, maxzoom: range[1] ?? 14 };
}
