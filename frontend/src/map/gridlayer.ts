/** A time grid on the map: two layers of the map library that share one picture on the graphics card. */
import type { CustomLayerInterface, CustomRenderMethodInput, Map as LibraryMap } from 'maplibre-gl';
import { bandColours } from './bands';
import { FRAGMENT, MOST_BANDS, VERTEX } from './gridshader';
import { meshOf, type Mesh, type TimeGrid } from './timegrid';

const INK = '#6b3a2a';
const INK_OPACITY = 0.85;
const EARTH_M = 40_075_016.7;
/** Lines are thinner from far away: half their width in pixels, by zoom. */
const LINE_PX: readonly [number, number][] = [
  [9, 0.25],
  [13, 0.75],
];

interface OnCard {
  program: WebGLProgram;
  mesh: WebGLVertexArrayObject;
  buffers: WebGLBuffer[];
  minutes: WebGLTexture;
}

type Part = 'fill' | 'lines';

/** A colour as the graphics card takes it. */
export function channels(colour: string): [number, number, number] {
  const at = (i: number): number => parseInt(colour.slice(i, i + 2), 16) / 255;
  return [at(1), at(3), at(5)];
}

/** Every how many cells one is looked at, a power of two, so that a pixel is no wider than a step. */
export function strideFor(cellsPerPx: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(cellsPerPx)));
}

/** Move a matrix's origin, in double precision: what is left is small enough for single. */
export function moved(matrix: ArrayLike<number>, [x, y]: [number, number]): Float32Array {
  const out = Float32Array.from(matrix);
  for (let row = 0; row < 4; row++)
    out[12 + row] = matrix[row]! * x + matrix[4 + row]! * y + matrix[12 + row]!;
  return out;
}

export class GridPainter {
  #map: LibraryMap;
  #grid: TimeGrid | null = null;
  #mesh: Mesh | null = null;
  #bands: readonly number[] = [];
  #opacity = 1;
  #card: OnCard | null = null;

  constructor(map: LibraryMap) {
    this.#map = map;
  }

  /** The layer that fills bands, or the one that outlines them. */
  layer(id: string, part: Part): CustomLayerInterface {
    return {
      id,
      type: 'custom',
      renderingMode: '2d',
      onAdd: () => void (this.#card = null),
      render: (gl, options) => this.#draw(gl, options, part),
    };
  }

  /** Show another grid, or none. */
  show(grid: TimeGrid | null): void {
    if (grid === this.#grid) return;
    this.#grid = grid;
    this.#mesh = grid && grid.minutes.length > 0 ? meshOf(grid.header) : null;
    this.#isStale = true;
    this.#map.triggerRepaint();
  }

  /** Tell bands apart; nothing beyond the last is shown. */
  part(bands: readonly number[]): void {
    this.#bands = bands.slice(0, MOST_BANDS);
    this.#map.triggerRepaint();
  }

  fade(opacity: number): void {
    this.#opacity = opacity;
    this.#map.triggerRepaint();
  }

  #isStale = false;

  #draw(gl: WebGL2RenderingContext, options: CustomRenderMethodInput, part: Part): void {
    if (!this.#mesh || !this.#grid || this.#bands.length === 0) return;
    if (this.#isStale || !this.#card) this.#load(gl, this.#grid, this.#mesh);
    const card = this.#card!;
    const { header } = this.#grid;
    gl.useProgram(card.program);
    const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(card.program, name);
    const matrix = options.defaultProjectionData.mainMatrix as ArrayLike<number>;
    gl.uniformMatrix4fv(at('u_matrix'), false, moved(matrix, this.#mesh.centre));
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, card.minutes);
    gl.uniform1i(at('u_minutes'), 0);
    gl.uniform2i(at('u_size'), header.columns, header.rows);
    gl.uniform1i(at('u_stride'), strideFor(this.#pixelM() / header.cell_m));
    gl.uniform1f(at('u_limit'), this.#bands.at(-1)!);
    gl.uniform1i(at('u_bands'), this.#bands.length);
    gl.uniform1fv(at('u_until'), padded(this.#bands));
    gl.uniform3fv(at('u_colour'), padded(bandColours(this.#bands.length).flatMap(channels), 3));
    gl.uniform3fv(at('u_ink'), channels(INK));
    gl.uniform1f(at('u_opacity'), part === 'fill' ? this.#opacity : INK_OPACITY);
    gl.uniform1f(at('u_line'), part === 'fill' ? 0 : this.#linePx());
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(card.mesh);
    gl.drawElements(gl.TRIANGLES, this.#mesh.triangles.length, gl.UNSIGNED_SHORT, 0);
    gl.bindVertexArray(null);
  }

  #pixelM(): number {
    const lat = (this.#map.getCenter().lat * Math.PI) / 180;
    return (EARTH_M * Math.cos(lat)) / (512 * 2 ** this.#map.getZoom() * devicePixelRatio);
  }

  #linePx(): number {
    const [[low, thin], [high, thick]] = LINE_PX as [[number, number], [number, number]];
    const share = Math.min(1, Math.max(0, (this.#map.getZoom() - low) / (high - low)));
    return (thin + share * (thick - thin)) * devicePixelRatio;
  }

  #load(gl: WebGL2RenderingContext, grid: TimeGrid, mesh: Mesh): void {
    const before = this.#card;
    if (before) {
      gl.deleteTexture(before.minutes);
      gl.deleteVertexArray(before.mesh);
      before.buffers.forEach((buffer) => gl.deleteBuffer(buffer));
    }
    const program = before?.program ?? programOf(gl);
    const [vertices, buffers] = meshOn(gl, mesh);
    this.#card = { program, mesh: vertices, buffers, minutes: minutesOn(gl, grid) };
    this.#isStale = false;
  }
}

function padded(numbers: readonly number[], each = 1): Float32Array {
  const out = new Float32Array(MOST_BANDS * each);
  out.set(numbers);
  return out;
}

function programOf(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost())
      throw new Error(`The minutes cannot be drawn: ${gl.getShaderInfoLog(shader)}`);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return program;
}

function meshOn(gl: WebGL2RenderingContext, mesh: Mesh): [WebGLVertexArrayObject, WebGLBuffer[]] {
  const vertices = gl.createVertexArray();
  gl.bindVertexArray(vertices);
  const [corners, triangles] = [gl.createBuffer(), gl.createBuffer()];
  gl.bindBuffer(gl.ARRAY_BUFFER, corners);
  gl.bufferData(gl.ARRAY_BUFFER, mesh.corners, gl.STATIC_DRAW);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, triangles);
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, mesh.triangles, gl.STATIC_DRAW);
  for (const place of [0, 1]) {
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, 2, gl.FLOAT, false, 16, 8 * place);
  }
  gl.bindVertexArray(null);
  return [vertices, [corners, triangles]];
}

function minutesOn(gl: WebGL2RenderingContext, { header, minutes }: TimeGrid): WebGLTexture {
  const texture = gl.createTexture();
  gl.activeTexture(gl.TEXTURE0);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  const { columns, rows } = header;
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8UI, columns, rows, 0, gl.RED_INTEGER, gl.UNSIGNED_BYTE, minutes);
  for (const side of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(gl.TEXTURE_2D, side, gl.NEAREST);
  return texture;
}
