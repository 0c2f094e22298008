/** What the reader does on the map, as a few plain messages. */
import type { GeoJSONSource, Map as LibraryMap, MapMouseEvent, PointLike } from 'maplibre-gl';
import type { Bounds } from '../api/types';
import type { Camera } from '../state/address';
import { LAYER, SOURCE } from './layers';

export interface Touched {
  school(urn: number): void;
  hover(urn: number | null): void;
  area(code: string): void;
  /** An empty spot: the reader may want to start from here. */
  spot(lon: number, lat: number): void;
  moved(camera: Camera, bounds: Bounds): void;
}

const NEAR_PX = 5;
const LONG_PRESS_MS = 550;
const SCHOOLS = [LAYER.chosen, LAYER.reached, LAYER.schools];

export function listen(map: LibraryMap, touched: Touched): void {
  map.on('click', (event) => clicked(map, touched, event));
  map.on('contextmenu', (event) => touched.spot(event.lngLat.lng, event.lngLat.lat));
  map.on('mousemove', (event) => hovered(map, touched, event));
  map.on('mouseout', () => touched.hover(null));
  map.on('moveend', () => tellMove(map, touched));
  listenForLongPress(map, touched);
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault(); // the offer takes the focus, and this very key press would accept it
    const { lng, lat } = map.getCenter();
    touched.spot(lng, lat);
  });
  tellMove(map, touched);
}

function tellMove(map: LibraryMap, touched: Touched): void {
  const { lng, lat } = map.getCenter();
  touched.moved({ zoom: map.getZoom(), lat, lon: lng }, map.getBounds().toArray().flat() as Bounds);
}

function box(event: MapMouseEvent): [PointLike, PointLike] {
  const { x, y } = event.point;
  return [
    [x - NEAR_PX, y - NEAR_PX],
    [x + NEAR_PX, y + NEAR_PX],
  ];
}

function clicked(map: LibraryMap, touched: Touched, event: MapMouseEvent): void {
  const [school] = map.queryRenderedFeatures(box(event), { layers: SCHOOLS });
  if (school) return touched.school(Number(school.properties['urn']));
  const [cluster] = map.queryRenderedFeatures(box(event), { layers: [LAYER.clusters] });
  if (cluster) return void openCluster(map, Number(cluster.properties['cluster_id']), event);
  const [area] = map.queryRenderedFeatures(event.point, { layers: [LAYER.areaFill] });
  if (area) return touched.area(String(area.properties['code']));
  touched.spot(event.lngLat.lng, event.lngLat.lat);
}

async function openCluster(map: LibraryMap, id: number, event: MapMouseEvent): Promise<void> {
  const source = map.getSource<GeoJSONSource>(SOURCE.schools);
  const zoom = await source?.getClusterExpansionZoom(id);
  if (zoom !== undefined) map.easeTo({ center: event.lngLat, zoom: zoom + 0.3, duration: 200 });
}

function hovered(map: LibraryMap, touched: Touched, event: MapMouseEvent): void {
  const [school] = map.queryRenderedFeatures(box(event), { layers: SCHOOLS });
  const [other] = map.queryRenderedFeatures(event.point, {
    layers: [LAYER.clusters, LAYER.areaFill],
  });
  map.getCanvas().style.cursor = school || other ? 'pointer' : '';
  touched.hover(school ? Number(school.properties['urn']) : null);
}

/** Browsers on iOS send no context menu event: a finger held still stands in for it. */
function listenForLongPress(map: LibraryMap, touched: Touched): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(timer);
  map.on('touchstart', (event) => {
    stop();
    if (event.points.length > 1) return;
    timer = setTimeout(() => touched.spot(event.lngLat.lng, event.lngLat.lat), LONG_PRESS_MS);
  });
  for (const name of ['touchend', 'touchcancel', 'move'] as const) map.on(name, stop);
}
