/** Outlines of the school signs, all of the same area as a circle of the given radius. */
import type { Shape } from './symbols';

export type Corner = [number, number];

const SIDES: Partial<Record<Shape, { sides: number; turn: number }>> = {
  square: { sides: 4, turn: Math.PI / 4 },
  diamond: { sides: 4, turn: 0 },
  triangle: { sides: 3, turn: -Math.PI / 2 },
  wedge: { sides: 3, turn: Math.PI / 2 },
  pentagon: { sides: 5, turn: -Math.PI / 2 },
  hexagon: { sides: 6, turn: 0 },
};

/** Corners of a shape about the origin, y downwards; empty for round ones. */
export function corners(shape: Shape, radius: number): Corner[] {
  if (shape === 'cross') return cross(radius);
  const polygon = SIDES[shape];
  if (!polygon) return [];
  const { sides, turn } = polygon;
  const reach = radius * Math.sqrt((2 * Math.PI) / (sides * Math.sin((2 * Math.PI) / sides)));
  return Array.from({ length: sides }, (_, i): Corner => {
    const angle = turn + (i * 2 * Math.PI) / sides;
    return [reach * Math.cos(angle), reach * Math.sin(angle)];
  });
}

function cross(radius: number): Corner[] {
  const arm = radius * Math.sqrt(Math.PI / 5);
  const [near, far] = [arm / 2, arm * 1.5];
  const quarter: Corner[] = [
    [near, near],
    [near, far],
    [-near, far],
  ];
  return [0, 1, 2, 3].flatMap((turns) => quarter.map((corner) => quarterTurns(corner, turns)));
}

function quarterTurns([x, y]: Corner, turns: number): Corner {
  return turns === 0 ? [x, y] : quarterTurns([-y, x], turns - 1);
}
