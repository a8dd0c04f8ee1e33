/** Images closer than this are of one picture: re-encoded, slightly edited, or drawn again with other rounding. */
export const ALIKE_LEVELS = 1.5;

/**
 * How far two images are apart to the eye, in grey levels of 0 to 255: the mean absolute difference of their 8x8 RGB box averages
 * (lib/encoders/image-facts.ts). JPEG and WebP at usual qualities move it by less than 0.5; two images of one prompt from different
 * seeds usually stand 10 and more apart.
 */
export function levelsApart(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  return sum / a.length;
}
