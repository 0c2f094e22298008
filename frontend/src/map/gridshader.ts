/** The drawing of a time grid by the graphics card: any limit, any bands, without a new picture. */

/** At most so many bands are told apart. */
export const MOST_BANDS = 8;

export const VERTEX = `#version 300 es
uniform mat4 u_matrix;
layout(location = 0) in vec2 a_place;
layout(location = 1) in vec2 a_cell;
out vec2 v_cell;
void main() {
  v_cell = a_cell;
  gl_Position = u_matrix * vec4(a_place, 0.0, 1.0);
}`;

/**
 * Between four cells the minutes of those that are reached are averaged by nearness, so that bands
 * have smooth edges, and a river stays an edge. From far away every second, fourth … cell is looked
 * at, so that what is thinner than a pixel does not flicker.
 */
export const FRAGMENT = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
uniform usampler2D u_minutes;
uniform ivec2 u_size;
uniform int u_stride;
uniform float u_limit;
uniform int u_bands;
uniform float u_until[${MOST_BANDS}];
uniform vec3 u_colour[${MOST_BANDS}];
uniform vec3 u_ink;
uniform float u_opacity;
uniform float u_line;
in vec2 v_cell;
out vec4 o_colour;

float minutesAt(ivec2 at) {
  ivec2 cell = at * u_stride + u_stride / 2;
  if (any(lessThan(cell, ivec2(0))) || any(greaterThanEqual(cell, u_size))) return 255.0;
  return float(texelFetch(u_minutes, cell, 0).r);
}

void main() {
  vec2 place = v_cell / float(u_stride) - 0.5;
  ivec2 base = ivec2(floor(place));
  vec2 part = place - vec2(base);
  float sum = 0.0;
  float weight = 0.0;
  float inside = 0.0;
  for (int i = 0; i < 4; i++) {
    ivec2 step = ivec2(i & 1, i >> 1);
    vec2 near = mix(1.0 - part, part, vec2(step));
    float share = near.x * near.y;
    float minutes = minutesAt(base + step);
    inside += share * clamp(u_limit + 0.5 - minutes, -1.0, 1.0);
    if (minutes <= u_limit) {
      sum += share * minutes;
      weight += share;
    }
  }
  float minutes = sum / max(weight, 0.001);
  float slope = max(fwidth(minutes), 0.0001);
  float edge = inside / max(fwidth(inside), 0.0001);
  float covers = clamp(edge + 0.5, 0.0, 1.0);
  if (u_line > 0.0) {
    float away = abs(edge);
    for (int i = 0; i < u_bands - 1; i++) {
      float gap = abs(minutes - u_until[i] - 0.5) / slope;
      if (weight > 0.9) away = min(away, gap);
    }
    float ink = u_opacity * (1.0 - smoothstep(u_line - 0.5, u_line + 0.5, away));
    ink *= clamp(edge + 1.0 + u_line, 0.0, 1.0);
    o_colour = vec4(u_ink, 1.0) * ink;
    return;
  }
  vec3 colour = u_colour[u_bands - 1];
  for (int i = u_bands - 2; i >= 0; i--) {
    if (minutes <= u_until[i] + 0.5) colour = u_colour[i];
  }
  o_colour = vec4(colour, 1.0) * (covers * u_opacity);
}`;
