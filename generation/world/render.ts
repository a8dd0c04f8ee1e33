import sharp from "sharp";
import { COLOURS, OBJECT_KINDS, type Scene } from "@/lib/schemas/stack/scene";
import { iconMarkup, iconSvg } from "@/generation/world/icons";
import { rgb, TINTS } from "@/generation/world/palette";

/** Side of a scene in pixels. */
export const SCENE_SIZE = 64;
export const SPRITE_SIZE = 128;

/** What a renderer needs of a scene; a kind may also be one of the renderer's own further drawings. */
export interface Renderable {
  objects: readonly { kind: string; colour: string; x: number; y: number; size: number }[];
  background: Scene["background"];
}

/** Renders a scene as 64x64x3 RGB bytes, row by row. Pure once the icons are rasterised. */
export type SceneRenderer = (scene: Renderable) => Uint8Array;

/** Summed-area table of one icon's premultiplied RGBA: (SPRITE_SIZE + 1)^2 x 4 sums. */
export type Sprite = Float64Array;

/** An SVG of SPRITE_SIZE pixels a side as the table that drawSprite reads. */
export async function rasterise(svg: string): Promise<Sprite> {
  const { data } = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const stride = (SPRITE_SIZE + 1) * 4;
  const sums = new Float64Array((SPRITE_SIZE + 1) * stride);
  for (let y = 0; y < SPRITE_SIZE; y += 1) {
    const row = [0, 0, 0, 0];
    for (let x = 0; x < SPRITE_SIZE; x += 1) {
      const at = (y * SPRITE_SIZE + x) * 4;
      const alpha = data[at + 3] / 255;
      for (let channel = 0; channel < 4; channel += 1) {
        row[channel] += channel === 3 ? alpha : data[at + channel] * alpha;
        sums[(y + 1) * stride + (x + 1) * 4 + channel] =
          sums[y * stride + (x + 1) * 4 + channel] + row[channel];
      }
    }
  }
  return sums;
}

/** Reads the table at a real-valued corner (bilinear), which makes the box filter exact for sub-pixel positions. */
function cornerSum(sprite: Sprite, x: number, y: number, channel: number): number {
  const cx = Math.min(SPRITE_SIZE, Math.max(0, x));
  const cy = Math.min(SPRITE_SIZE, Math.max(0, y));
  const x0 = Math.min(SPRITE_SIZE - 1, Math.floor(cx));
  const y0 = Math.min(SPRITE_SIZE - 1, Math.floor(cy));
  const fx = cx - x0;
  const fy = cy - y0;
  const stride = (SPRITE_SIZE + 1) * 4;
  const at = y0 * stride + x0 * 4 + channel;
  const top = sprite[at] * (1 - fx) + sprite[at + 4] * fx;
  const bottom = sprite[at + stride] * (1 - fx) + sprite[at + stride + 4] * fx;
  return top * (1 - fy) + bottom * fy;
}

/** Fills the canvas (64x64x3 values) with the background. */
export function drawBackground(scene: Pick<Renderable, "background">, canvas: Float64Array): void {
  const [top, bottom] = TINTS[scene.background.colour].map(rgb);
  for (let y = 0; y < SCENE_SIZE; y += 1) {
    const share = scene.background.gradient ? y / (SCENE_SIZE - 1) : 0.5;
    for (let x = 0; x < SCENE_SIZE; x += 1)
      for (let channel = 0; channel < 3; channel += 1)
        canvas[(y * SCENE_SIZE + x) * 3 + channel] = top[channel] * (1 - share) + bottom[channel] * share;
  }
}

/**
 * Draws a sprite over the canvas by an exact box filter; what lies outside the canvas is cut off.
 * @param seen told, for each pixel that the sprite touches, its index and how opaque the sprite is there (0 to 1)
 */
export function drawSprite(
  sprite: Sprite,
  { left, top, size }: { left: number; top: number; size: number },
  canvas: Float64Array,
  seen?: (pixel: number, alpha: number) => void,
): void {
  const scale = SPRITE_SIZE / size;
  const [x0, x1] = [Math.max(0, Math.floor(left)), Math.min(SCENE_SIZE, Math.ceil(left + size))];
  const [y0, y1] = [Math.max(0, Math.floor(top)), Math.min(SCENE_SIZE, Math.ceil(top + size))];
  const mean = new Float64Array(4);
  const edge = new Float64Array(4);
  for (let y = y0; y < y1; y += 1) {
    const sy = (y - top) * scale;
    const strip = (x: number, channel: number) =>
      cornerSum(sprite, (x - left) * scale, sy + scale, channel) -
      cornerSum(sprite, (x - left) * scale, sy, channel);
    for (let channel = 0; channel < 4; channel += 1) edge[channel] = strip(x0, channel);
    for (let x = x0; x < x1; x += 1) {
      for (let channel = 0; channel < 4; channel += 1) {
        const right = strip(x + 1, channel);
        mean[channel] = (right - edge[channel]) / (scale * scale);
        edge[channel] = right;
      }
      const at = (y * SCENE_SIZE + x) * 3;
      for (let channel = 0; channel < 3; channel += 1)
        canvas[at + channel] = canvas[at + channel] * (1 - mean[3]) + mean[channel];
      seen?.(y * SCENE_SIZE + x, mean[3]);
    }
  }
}

/** Canvas values as bytes. */
export function toBytes(canvas: Float64Array): Uint8Array {
  const pixels = new Uint8Array(canvas.length);
  for (let at = 0; at < canvas.length; at += 1)
    pixels[at] = Math.min(255, Math.max(0, Math.round(canvas[at])));
  return pixels;
}

/**
 * Rasterises every icon once (16 kinds x 8 colours at 128x128) and returns the renderer. Scenes are then composed by an exact
 * box filter: a supersampled image at bulk speed, and the same bytes for the same scene.
 *
 * @param further drawings outside of Toybox's vocabulary: "colour kind" -> an SVG of SPRITE_SIZE pixels a side
 */
export async function createRenderer(
  further: ReadonlyMap<string, string> = new Map(),
): Promise<SceneRenderer> {
  const drawings = new Map(further);
  for (const kind of OBJECT_KINDS)
    for (const colour of COLOURS) drawings.set(`${colour} ${kind}`, iconSvg(kind, colour, SPRITE_SIZE));
  const sprites = new Map<string, Sprite>();
  for (const [name, svg] of drawings) sprites.set(name, await rasterise(svg));
  const canvas = new Float64Array(SCENE_SIZE * SCENE_SIZE * 3);
  return (scene) => {
    drawBackground(scene, canvas);
    for (const { kind, colour, x, y, size } of scene.objects)
      drawSprite(sprites.get(`${colour} ${kind}`)!, { left: x - size / 2, top: y - size / 2, size }, canvas);
    return toBytes(canvas);
  };
}

/** A rendered scene as PNG bytes. */
export function encodePng(pixels: Uint8Array): Promise<Buffer> {
  return sharp(pixels, { raw: { width: SCENE_SIZE, height: SCENE_SIZE, channels: 3 } })
    .png()
    .toBuffer();
}

/** The scene as one scalable SVG document, for pages and documentation. */
export function sceneSvg(scene: Scene, pixels = SCENE_SIZE): string {
  const [top, bottom] = TINTS[scene.background.colour];
  const mixed = rgb(top).map((value, channel) => Math.round((value + rgb(bottom)[channel]) / 2));
  const plain = `rgb(${mixed.join(",")})`;
  const stops = scene.background.gradient ? [top, bottom] : [plain, plain];
  const icons = scene.objects.map(
    ({ kind, colour, x, y, size }) =>
      `<g transform="translate(${x - size / 2} ${y - size / 2}) scale(${size / 64})">${iconMarkup(kind, colour)}</g>`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}" viewBox="0 0 ${SCENE_SIZE} ${SCENE_SIZE}">` +
    `<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${stops[0]}"/><stop offset="1" stop-color="${stops[1]}"/></linearGradient></defs>` +
    `<rect width="100%" height="100%" fill="url(#sky)"/>${icons.join("")}</svg>`
  );
}
