/** The layers that the page lays over the basemap. */
import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { AREAS, BOLD, REGULAR } from './style';

export const SOURCE = {
  schools: 'page-schools',
  chosen: 'page-chosen',
  hovered: 'page-hovered',
  minutes: 'page-minutes',
  reached: 'page-reached',
  origin: 'page-origin',
  way: 'page-way',
  crossings: 'page-crossings',
} as const;

export const LAYER = {
  areaFill: 'page-area-fill',
  areaMissing: 'page-area-missing',
  areaEstimated: 'page-area-estimated',
  areaLine: 'page-area-line',
  areaChosen: 'page-area-chosen',
  bandFill: 'page-band-fill',
  bandLine: 'page-band-line',
  bandMinutes: 'page-band-minutes',
  clusters: 'page-clusters',
  schools: 'page-schools',
  labels: 'page-school-labels',
  reached: 'page-reached',
  reachedLabels: 'page-reached-labels',
  hovered: 'page-hovered',
  chosen: 'page-chosen',
  origin: 'page-origin',
  wayEdge: 'page-way-edge',
  way: 'page-way',
  crossings: 'page-crossings',
} as const;

export const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Above this zoom every school is drawn by itself. */
const LAST_CLUSTER_ZOOM = 11;
/** From this zoom schools are named. */
const NAMES_ZOOM = 13;
const INK = '#1d1d1b';
const PAPER = '#fffdf8';
const LABEL = '#33322f';
/** The page's accent. */
const WAY = '#0b5a74';

const grown: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 8, 0.7, 13, 1, 17, 1.35];

const plain = (data: FeatureCollection = EMPTY): SourceSpecification => ({ type: 'geojson', data });

export const SOURCES: Record<string, SourceSpecification> = {
  [SOURCE.schools]: {
    type: 'geojson',
    data: EMPTY,
    cluster: true,
    clusterMaxZoom: LAST_CLUSTER_ZOOM,
    clusterRadius: 32,
    clusterMinPoints: 2,
  },
  [SOURCE.chosen]: plain(),
  [SOURCE.hovered]: plain(),
  [SOURCE.minutes]: plain(),
  [SOURCE.reached]: plain(),
  [SOURCE.origin]: plain(),
  [SOURCE.way]: plain(),
  [SOURCE.crossings]: plain(),
};

/** Areas of the border are paler than the region's own. */
const paleOutside = (opacity: number): ExpressionSpecification => [
  'case',
  ['get', 'is_outside'],
  opacity * 0.4,
  opacity,
];

export const AREA_LAYERS: LayerSpecification[] = [
  {
    id: LAYER.areaFill,
    type: 'fill',
    source: AREAS,
    'source-layer': 'lsoa21',
    layout: { visibility: 'none' },
    paint: {
      'fill-color': ['coalesce', ['feature-state', 'colour'], 'rgba(0,0,0,0)'],
      'fill-opacity': ['interpolate', ['linear'], ['zoom'], 9, paleOutside(0.88), 14, paleOutside(0.68)],
    },
  },
  {
    id: LAYER.areaMissing,
    type: 'fill',
    source: AREAS,
    'source-layer': 'lsoa21',
    layout: { visibility: 'none' },
    filter: ['==', ['get', 'code'], ''],
    paint: { 'fill-pattern': 'missing' },
  },
  {
    id: LAYER.areaEstimated,
    type: 'fill',
    source: AREAS,
    'source-layer': 'lsoa21',
    layout: { visibility: 'none' },
    filter: ['==', ['get', 'code'], ''],
    paint: { 'fill-pattern': 'estimated' },
  },
  {
    id: LAYER.areaLine,
    type: 'line',
    source: AREAS,
    'source-layer': 'lsoa21',
    layout: { visibility: 'none', 'line-join': 'round' },
    paint: { 'line-color': PAPER, 'line-width': 1 },
  },
];

/** The outline of the chosen area, of whatever kind. */
const chosenArea = (kind: string): LayerSpecification => ({
  id: `${LAYER.areaChosen}-${kind}`,
  type: 'line',
  source: AREAS,
  'source-layer': kind,
  filter: ['==', ['get', 'code'], ''],
  layout: { 'line-join': 'round' },
  paint: { 'line-color': INK, 'line-width': 2.5 },
});

export const CHOSEN_AREA_LAYERS = ['authority', 'ward25', 'lsoa21'].map(chosenArea);

export const BAND_OPACITY = 0.62;
/** Over shaded areas the bands are mostly their outlines. */
export const BAND_OPACITY_SHADED = 0.2;

const wayLine = (id: string, colour: string, px: number): LayerSpecification => ({
  id,
  type: 'line',
  source: SOURCE.way,
  layout: { 'line-join': 'round', 'line-cap': 'round' },
  paint: { 'line-color': colour, 'line-width': px },
});

/** The way to a school, and a ring at each main road it crosses. */
export const WAY_LAYERS: LayerSpecification[] = [
  wayLine(LAYER.wayEdge, PAPER, 8),
  wayLine(LAYER.way, WAY, 4.5),
  {
    id: LAYER.crossings,
    type: 'circle',
    source: SOURCE.crossings,
    paint: {
      'circle-radius': 5,
      'circle-color': PAPER,
      'circle-stroke-color': WAY,
      'circle-stroke-width': 2.5,
    },
  },
];

export const MINUTES_LAYER: LayerSpecification = {
  id: LAYER.bandMinutes,
  type: 'symbol',
  source: SOURCE.minutes,
  layout: {
    'text-field': ['concat', ['to-string', ['get', 'minutes']], ' min'],
    'text-font': BOLD,
    'text-size': 13,
    'text-padding': 8,
    'symbol-sort-key': ['get', 'minutes'],
  },
  paint: { 'text-color': '#5a2d20', 'text-halo-color': '#fff8e8', 'text-halo-width': 2 },
};

const isCluster: ExpressionSpecification = ['has', 'point_count'];

const label = {
  'text-field': ['get', 'name'] as ExpressionSpecification,
  'text-size': 13,
  'text-max-width': 9,
  'text-variable-anchor': ['top', 'bottom', 'right', 'left'] as ('top' | 'bottom' | 'right' | 'left')[],
  'text-radial-offset': 1.25,
  'text-justify': 'auto' as const,
};

const marked = (id: string, source: string, text: ExpressionSpecification): LayerSpecification => ({
  id,
  type: 'symbol',
  source,
  layout: {
    'icon-image': ['get', 'icon'],
    'icon-size': grown,
    'icon-allow-overlap': true,
    'icon-ignore-placement': true,
    ...label,
    'text-field': text,
    'text-font': BOLD,
    'text-size': 15,
    'text-radial-offset': 1.5,
    'text-allow-overlap': true,
  },
  paint: { 'text-color': INK, 'text-halo-color': PAPER, 'text-halo-width': 2 },
});

/** Schools one by one, and their names from close by. */
const signs = (id: string, labels: string, source: string): LayerSpecification[] => [
  {
    id,
    type: 'symbol',
    source,
    filter: ['!', isCluster],
    layout: {
      'icon-image': ['get', 'icon'],
      'icon-size': grown,
      'icon-allow-overlap': true,
      'symbol-sort-key': ['get', 'order'],
    },
  },
  {
    id: labels,
    type: 'symbol',
    source,
    filter: ['!', isCluster],
    minzoom: NAMES_ZOOM,
    layout: { ...label, 'text-font': REGULAR, 'symbol-sort-key': ['get', 'order'] },
    paint: { 'text-color': LABEL, 'text-halo-color': '#f6f4ef', 'text-halo-width': 1.8 },
  },
];

export const SCHOOL_LAYERS: LayerSpecification[] = [
  {
    id: LAYER.clusters,
    type: 'symbol',
    source: SOURCE.schools,
    filter: isCluster,
    layout: {
      'icon-image': ['step', ['get', 'point_count'], 'cluster/26', 10, 'cluster/34', 100, 'cluster/42'],
      'icon-allow-overlap': true,
      'text-field': ['get', 'point_count_abbreviated'],
      'text-font': BOLD,
      'text-size': 13,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': LABEL },
  },
  ...signs(LAYER.schools, LAYER.labels, SOURCE.schools),
  ...signs(LAYER.reached, LAYER.reachedLabels, SOURCE.reached),
  {
    id: LAYER.origin,
    type: 'symbol',
    source: SOURCE.origin,
    layout: { 'icon-image': 'pin', 'icon-anchor': 'bottom', 'icon-allow-overlap': true, 'icon-ignore-placement': true },
  },
  marked(LAYER.chosen, SOURCE.chosen, ['get', 'name']),
  // From close by the school's own label is there already.
  marked(LAYER.hovered, SOURCE.hovered, ['step', ['zoom'], ['get', 'name'], NAMES_ZOOM, '']),
];
