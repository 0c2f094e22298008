/**
 * Fonts of the labels. The style has no `glyphs`, so MapLibre draws letters from the fonts of the
 * page: it takes the weight and the slant from the words in the first name and the family from the
 * whole list. The page ships `@fontsource/atkinson-hyperlegible` in 400, 400-italic and 700.
 */
export const REGULAR = ['Atkinson Hyperlegible'];
export const BOLD = ['Atkinson Hyperlegible Bold', 'Atkinson Hyperlegible'];
export const ITALIC = ['Atkinson Hyperlegible Italic', 'Atkinson Hyperlegible'];
