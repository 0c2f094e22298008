/** Draws the school signs on a canvas; the map and the legend use the same pictures. */
import { corners } from './shapes';
import { SIGNS, type Look } from './symbols';

export const PIXEL_RATIO = 2;

const PAPER = '#fffdf8';
const INK = '#1d1d1b';
const HALO_PX = 1.5;
const RING_PX = 3;
/** How much room a shape's corners need beyond its circle. */
const REACH = 1.6;

/** Mix a colour with paper; `share` is how much paper. */
export function paler(colour: string, share: number): string {
  const mixed = [1, 3, 5].map((at) => {
    const ink = parseInt(colour.slice(at, at + 2), 16);
    const paper = parseInt(PAPER.slice(at, at + 2), 16);
    return Math.round(ink + (paper - ink) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${mixed.join('')}`;
}

/** Side in CSS pixels of the square a picture needs. */
export function pictureSide(look: Look): number {
  const around = look.isChosen ? RING_PX * 2 + 4 : HALO_PX * 2 + 2;
  return Math.ceil(look.diameter * (look.phase === 'primary' ? 1 : REACH) + around);
}

/** Draw a look in the middle of a canvas context whose unit is the CSS pixel. */
export function drawSchool(ctx: CanvasRenderingContext2D, look: Look): void {
  const sign = SIGNS[look.phase];
  const colour = look.isPale ? paler(sign.colour, 0.55) : sign.colour;
  const radius = look.diameter / 2;
  const outline = outlineOf(look, radius);
  ctx.lineJoin = 'round';
  if (look.isChosen) stroke(ctx, outline, INK, 2 * (RING_PX + HALO_PX));
  stroke(ctx, outline, PAPER, 2 * HALO_PX + (look.sector === 'independent' ? 1 : 0));
  ctx.fillStyle = isHollow(look) ? PAPER : look.status === 'closed' ? paler(colour, 0.6) : colour;
  ctx.fill(outline);
  if (isHollow(look)) inside(ctx, outline, () => stroke(ctx, outline, colour, hollowPx(radius)));
  if (sign.shape === 'ring') eye(ctx, radius, look.sector === 'independent' ? colour : PAPER);
  if (look.status === 'proposed') dashed(ctx, outline, colour);
  if (look.status === 'closed') strike(ctx, radius, sign.colour);
}

function isHollow(look: Look): boolean {
  return look.sector === 'independent' || look.status === 'proposed';
}

function hollowPx(radius: number): number {
  return Math.max(4, radius * 0.55);
}

function outlineOf(look: Look, radius: number): Path2D {
  const path = new Path2D();
  const points = corners(SIGNS[look.phase].shape, radius);
  if (points.length === 0) {
    path.arc(0, 0, radius, 0, 2 * Math.PI);
    return path;
  }
  points.forEach(([x, y], i) => (i === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
  path.closePath();
  return path;
}

function stroke(ctx: CanvasRenderingContext2D, path: Path2D, colour: string, width: number): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke(path);
}

function inside(ctx: CanvasRenderingContext2D, path: Path2D, draw: () => void): void {
  ctx.save();
  ctx.clip(path);
  draw();
  ctx.restore();
}

function eye(ctx: CanvasRenderingContext2D, radius: number, colour: string): void {
  ctx.beginPath();
  ctx.arc(0, 0, radius * 0.45, 0, 2 * Math.PI);
  ctx.fillStyle = colour;
  ctx.fill();
}

function dashed(ctx: CanvasRenderingContext2D, outline: Path2D, colour: string): void {
  ctx.save();
  ctx.setLineDash([3, 3]);
  stroke(ctx, outline, PAPER, 1.5);
  ctx.restore();
  stroke(ctx, outline, paler(colour, 0.3), 0.75);
}

function strike(ctx: CanvasRenderingContext2D, radius: number, colour: string): void {
  const bar = new Path2D();
  bar.moveTo(-radius * 1.05, radius * 1.05);
  bar.lineTo(radius * 1.05, -radius * 1.05);
  ctx.lineCap = 'round';
  stroke(ctx, bar, PAPER, 4);
  stroke(ctx, bar, colour, 2);
}

/** A picture as the map wants it: pixels at twice the CSS size. */
export function schoolPicture(look: Look): ImageData | null {
  const side = pictureSide(look) * PIXEL_RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const ctx = canvas.getContext('2d');
  if (!ctx) return null;
  ctx.translate(side / 2, side / 2);
  ctx.scale(PIXEL_RATIO, PIXEL_RATIO);
  drawSchool(ctx, look);
  return ctx.getImageData(0, 0, side, side);
}

/** Slanted lines for areas whose value is missing. */
export function missingPicture(): ImageData | null {
  return tile(16, (ctx, side) => {
    ctx.strokeStyle = '#8d877d';
    ctx.lineWidth = 1.6;
    for (const shift of [-side, 0, side]) {
      ctx.beginPath();
      ctx.moveTo(shift, side);
      ctx.lineTo(shift + side, 0);
      ctx.stroke();
    }
  });
}

/** Sparse dots for areas whose value is estimated: the colour stays readable beneath. */
export function estimatedPicture(): ImageData | null {
  return tile(20, (ctx, side) => {
    ctx.fillStyle = 'rgb(29 29 27 / 38%)';
    for (const [x, y] of [
      [side / 4, side / 4],
      [(side * 3) / 4, (side * 3) / 4],
    ] as const) {
      ctx.beginPath();
      ctx.arc(x, y, 1.4, 0, 2 * Math.PI);
      ctx.fill();
    }
  });
}

function tile(
  side: number,
  draw: (ctx: CanvasRenderingContext2D, side: number) => void,
): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const ctx = canvas.getContext('2d');
  if (!ctx) return null;
  draw(ctx, side);
  return ctx.getImageData(0, 0, side, side);
}

/** The pin of the place that was chosen. */
export function pinPicture(): ImageData | null {
  const [width, height] = [30, 40];
  const canvas = document.createElement('canvas');
  canvas.width = width * PIXEL_RATIO;
  canvas.height = height * PIXEL_RATIO;
  const ctx = canvas.getContext('2d');
  if (!ctx) return null;
  ctx.scale(PIXEL_RATIO, PIXEL_RATIO);
  const drop = new Path2D('M15 38 C15 38 3.5 23.5 3.5 14.5 A11.5 11.5 0 0 1 26.5 14.5 C26.5 23.5 15 38 15 38 Z');
  stroke(ctx, drop, PAPER, 4);
  ctx.fillStyle = INK;
  ctx.fill(drop);
  ctx.beginPath();
  ctx.arc(15, 14.5, 4.5, 0, 2 * Math.PI);
  ctx.fillStyle = PAPER;
  ctx.fill();
  return ctx.getImageData(0, 0, canvas.width, canvas.height);
}

/** The disc under the count of a cluster. */
export function clusterPicture(diameterPx: number): ImageData | null {
  const side = (diameterPx + 6) * PIXEL_RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const ctx = canvas.getContext('2d');
  if (!ctx) return null;
  ctx.translate(side / 2, side / 2);
  ctx.scale(PIXEL_RATIO, PIXEL_RATIO);
  const disc = new Path2D();
  disc.arc(0, 0, diameterPx / 2, 0, 2 * Math.PI);
  ctx.fillStyle = PAPER;
  ctx.fill(disc);
  stroke(ctx, disc, '#8b867c', 1.75);
  return ctx.getImageData(0, 0, side, side);
}
