/**
 * Paints the bands into one picture, the widest first, each over the last: a place has the colour of
 * its shortest time only, and the picture as a whole is made translucent. Vector fills cannot do
 * this: nested polygons would darken each other, and cutting them apart leaves slivers.
 */
import type { Bounds, Isochrones } from '../api/types';
import { bandColours, boundsOf, frameOf, type Frame } from './bands';

const LONGEST_PX = 2048;

export interface BandPicture {
  canvas: HTMLCanvasElement;
  bounds: Bounds;
}

export function bandPicture(isochrones: Isochrones): BandPicture | null {
  const bounds = boundsOf(isochrones);
  const canvas = document.createElement('canvas');
  const ctx = canvas.getContext('2d');
  if (!bounds || !ctx) return null;
  const frame = frameOf(bounds, LONGEST_PX);
  [canvas.width, canvas.height] = [frame.width, frame.height];
  const bands = [...isochrones.features].sort((a, b) => b.properties.minutes - a.properties.minutes);
  const colours = bandColours(bands.length).reverse();
  bands.forEach((band, i) => {
    ctx.fillStyle = colours[i]!;
    for (const rings of band.geometry.coordinates) ctx.fill(outline(rings, frame), 'evenodd');
  });
  return { canvas, bounds };
}

function outline(rings: Isochrones['features'][number]['geometry']['coordinates'][number], frame: Frame): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    ring.forEach((position, i) => {
      const [x, y] = frame.pixel(position);
      if (i === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    });
    path.closePath();
  }
  return path;
}
