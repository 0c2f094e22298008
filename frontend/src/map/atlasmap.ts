/** The one module that talks to the map library: it is told what to show and tells what was touched. */
import type { Feature, FeatureCollection, Point } from 'geojson';
import {
  Map as LibraryMap,
  NavigationControl,
  Popup,
  ScaleControl,
  setWorkerUrl,
  type AddLayerObject,
  type GeoJSONSource,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Bounds, MeasureValues, Polarity, Release, Route } from '../api/types';
import type { Camera } from '../state/address';
import { classOf, estimatedOf, missingOf, ramp, spread } from './classes';
import {
  AREA_LAYERS,
  BAND_OPACITY,
  BAND_OPACITY_SHADED,
  CHOSEN_AREA_LAYERS,
  EMPTY,
  LAYER,
  MINUTES_LAYER,
  SCHOOL_LAYERS,
  SOURCE,
  SOURCES,
  WAY_LAYERS,
} from './layers';
import {
  clusterPicture,
  estimatedPicture,
  missingPicture,
  pinPicture,
  PIXEL_RATIO,
  schoolPicture,
} from './pictures';
import { listen, type Touched } from './pointer';
import { AREAS, baseStyle, SLOT } from './style';
import { GridPainter } from './gridlayer';
import { chosenFeature, lookOf, symbolFeatures, type SymbolRow } from './symbols';
import { minuteLabels, type TimeGrid } from './timegrid';

const SHADED = { source: AREAS, sourceLayer: 'lsoa21' } as const;
const MAP_WORDS =
  'Map of schools. Arrow keys move it, plus and minus zoom, Enter offers to start from its middle.';
const CLOSE_ZOOM = 14;
const KEY_PX = 272;
const KEY_OVER_PX = 850;

export interface AtlasMap {
  readonly library: LibraryMap;
  /** Reached schools are never clustered; without an origin (`null`) none is reached. */
  schools(rows: readonly SymbolRow[], reached: ReadonlySet<number> | null): void;
  chosen(row: SymbolRow | null): void;
  hovered(row: SymbolRow | null): void;
  origin(at: [number, number] | null): void;
  /** Draw the way to a school, or none. */
  way(route: Route | null): void;
  /** Colour every place by its minutes, in bands up to the last. */
  minutes(grid: TimeGrid | null, bands: readonly number[]): void;
  shade(values: MeasureValues | null, polarity: Polarity, unit: string): void;
  area(code: string | null): void;
  fit(bounds: Bounds, maxZoom?: number): void;
  /** Whether a box lies wholly in sight. */
  holds(bounds: Bounds): boolean;
  jump(camera: Camera): void;
  /** Bring a point into sight, moving no more than needed. */
  reveal(at: [number, number]): void;
  /** Go close to a point. */
  approach(at: [number, number]): void;
  /** Offer to start from a spot; nothing happens until the reader says so. */
  offer(at: [number, number], walk: () => void): void;
  /** Leave room below for what covers the map. */
  covered(bottomPx: number): void;
  bounds(): Bounds;
  remove(): void;
}

/** Make the map in an element; `ready` is called once its style is there. */
export function makeMap(
  container: HTMLElement,
  release: Release,
  camera: Camera | null,
  touched: Touched,
  ready: (map: AtlasMap) => void,
): { remove(): void } {
  setWorkerUrl(workerUrl);
  const library = new LibraryMap({
    container,
    style: baseStyle(release),
    ...(camera
      ? { center: [camera.lon, camera.lat] as [number, number], zoom: camera.zoom }
      : { bounds: release.bounds, fitBoundsOptions: { padding: room(container) } }),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 18,
    minZoom: 5,
    fadeDuration: 120,
    canvasContextAttributes: { preserveDrawingBuffer: true },
    locale: { 'Map.Title': MAP_WORDS },
  });
  library.touchZoomRotate.disableRotation();
  library.keyboard.disableRotation();
  library.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  library.addControl(new ScaleControl({ unit: 'metric', maxWidth: 90 }), 'bottom-right');
  library.setMissingStyleImageResolver((id) => addPicture(library, id));
  library.once('style.load', () => {
    const painter = new GridPainter(library);
    layOver(library, painter);
    listen(library, touched);
    ready(told(library, painter));
  });
  return { remove: () => library.remove() };
}

function addPicture(library: LibraryMap, id: string): void {
  const look = lookOf(id);
  const cluster = /^cluster\/(\d+)$/.exec(id);
  const picture = look ? schoolPicture(look) : cluster ? clusterPicture(Number(cluster[1])) : null;
  if (picture && !library.hasImage(id)) library.addImage(id, picture, { pixelRatio: PIXEL_RATIO });
}

function layOver(library: LibraryMap, painter: GridPainter): void {
  const pictures = { missing: missingPicture(), estimated: estimatedPicture(), pin: pinPicture() };
  for (const [name, picture] of Object.entries(pictures))
    if (picture) library.addImage(name, picture, { pixelRatio: PIXEL_RATIO });
  for (const [id, source] of Object.entries(SOURCES)) library.addSource(id, source);
  lay(library, AREA_LAYERS, SLOT.choropleth);
  lay(library, [painter.layer(LAYER.bandFill, 'fill')], SLOT.bands);
  lay(library, [painter.layer(LAYER.bandLine, 'lines'), ...CHOSEN_AREA_LAYERS], SLOT.outlines);
  lay(library, [...WAY_LAYERS, MINUTES_LAYER], SLOT.symbols);
  lay(library, SCHOOL_LAYERS, undefined);
}

function parted<T>(list: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [list.filter(isFirst), list.filter((one) => !isFirst(one))];
}

/** Room to leave around what is framed: the key lies over the left of a wide map. */
function room(container: HTMLElement): { top: number; right: number; bottom: number; left: number } {
  const isWide = container.clientWidth > KEY_OVER_PX;
  return { top: 32, right: 56, bottom: 32, left: isWide ? KEY_PX : 32 };
}

function lay(library: LibraryMap, layers: AddLayerObject[], before: string | undefined): void {
  const slot = before && library.getLayer(before) ? before : undefined;
  for (const layer of layers) library.addLayer(layer, slot);
}

function told(library: LibraryMap, painter: GridPainter): AtlasMap {
  fadeMinutes(library, painter);
  const put = (source: string, data: FeatureCollection | Feature): void =>
    void library.getSource<GeoJSONSource>(source)?.setData(data);
  const point = (at: [number, number]): Feature<Point> => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'Point', coordinates: at },
  });
  return {
    library,
    schools: (rows, reached) => {
      const [near, rest] = parted(rows, (row) => reached?.has(row.urn) ?? false);
      put(SOURCE.reached, symbolFeatures(near, false));
      put(SOURCE.schools, symbolFeatures(rest, reached !== null));
    },
    chosen: (row) => put(SOURCE.chosen, row ? chosenFeature(row) : EMPTY),
    hovered: (row) => put(SOURCE.hovered, row ? chosenFeature(row) : EMPTY),
    origin: (at) => put(SOURCE.origin, at ? point(at) : EMPTY),
    way: (route) => {
      put(SOURCE.way, route ?? EMPTY);
      const crossings = route?.properties.crossings ?? [];
      const features = crossings.map(({ lon, lat }) => point([lon, lat]));
      put(SOURCE.crossings, { type: 'FeatureCollection', features });
    },
    minutes: (grid, bands) => {
      painter.show(grid);
      painter.part(bands);
      put(SOURCE.minutes, labelled(grid, bands));
    },
    shade: (values, polarity, unit) => {
      shade(library, values, polarity, unit);
      fadeMinutes(library, painter);
    },
    area: (code) => {
      for (const { id } of CHOSEN_AREA_LAYERS)
        library.setFilter(id, ['==', ['get', 'code'], code ?? '']);
    },
    fit: (bounds, maxZoom = 15) =>
      void library.fitBounds(bounds, {
        padding: room(library.getContainer()),
        maxZoom,
        duration: 0,
      }),
    holds: ([west, south, east, north]) => {
      const seen = library.getBounds();
      return seen.contains([west, south]) && seen.contains([east, north]);
    },
    jump: ({ lon, lat, zoom }) => void library.jumpTo({ center: [lon, lat], zoom }),
    reveal: (at) => reveal(library, at),
    approach: (at) =>
      void library.jumpTo({ center: at, zoom: Math.max(library.getZoom(), CLOSE_ZOOM) }),
    offer: (at, walk) => offer(library, at, walk),
    covered: (bottom) => void library.setPadding({ top: 0, right: 0, left: 0, bottom }),
    bounds: () => library.getBounds().toArray().flat() as Bounds,
    remove: () => library.remove(),
  };
}

/** Minutes over shaded areas are fainter, so that both can be read. */
function fadeMinutes(library: LibraryMap, painter: GridPainter): void {
  const isShaded = library.getLayoutProperty(LAYER.areaFill, 'visibility') === 'visible';
  painter.fade(isShaded ? BAND_OPACITY_SHADED : BAND_OPACITY);
}

function labelled(grid: TimeGrid | null, bands: readonly number[]): FeatureCollection<Point> {
  const labels = grid ? minuteLabels(grid, bands) : [];
  return {
    type: 'FeatureCollection',
    features: labels.map(({ minutes, at }) => ({
      type: 'Feature',
      properties: { minutes },
      geometry: { type: 'Point', coordinates: at },
    })),
  };
}

function shade(
  library: LibraryMap,
  values: MeasureValues | null,
  polarity: Polarity,
  unit: string,
): void {
  const visibility = values ? 'visible' : 'none';
  for (const id of [LAYER.areaFill, LAYER.areaMissing, LAYER.areaEstimated, LAYER.areaLine])
    library.setLayoutProperty(id, 'visibility', visibility);
  if (!values) return;
  library.removeFeatureState(SHADED);
  const colours = ramp(polarity, unit);
  const breaks = values.classes?.breaks ?? [];
  values.codes.forEach((code, i) => {
    const value = values.values[i];
    if (value === null || value === undefined) return;
    const colour = spread(colours, breaks.length - 1, classOf(value, breaks));
    library.setFeatureState({ ...SHADED, id: code }, { colour });
  });
  only(library, LAYER.areaMissing, missingOf(values).codes);
  only(library, LAYER.areaEstimated, estimatedOf(values));
}

function only(library: LibraryMap, layer: string, codes: string[]): void {
  library.setFilter(layer, ['in', ['get', 'code'], ['literal', codes]]);
}

/** Move the map only if a point lies outside its sight or under what covers it. */
function reveal(library: LibraryMap, at: [number, number]): void {
  const { x, y } = library.project(at);
  const { clientWidth, clientHeight } = library.getContainer();
  const { bottom } = library.getPadding();
  const margin = 24;
  const isSeen =
    x > margin && y > margin && x < clientWidth - margin && y < clientHeight - (bottom ?? 0) - margin;
  if (!isSeen) library.easeTo({ center: at, duration: 180 });
}

function offer(library: LibraryMap, at: [number, number], walk: () => void): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.dataset['testid'] = 'walk-from-spot';
  button.textContent = 'Start from here';
  const popup = new Popup({ closeButton: false, maxWidth: 'none' })
    .setLngLat(at)
    .setDOMContent(button)
    .addTo(library);
  button.addEventListener('click', () => {
    popup.remove();
    walk();
  });
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    popup.remove();
    library.getCanvas().focus();
  });
}
