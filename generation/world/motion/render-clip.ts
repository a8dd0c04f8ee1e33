import { CLIP_FRAMES, type Clip, type TrackPoint } from "@/lib/schemas/stack/clip";
import type { Colour, ObjectKind } from "@/lib/schemas/stack/scene";
import { iconMarkup } from "@/generation/world/icons";
import { placeAt } from "@/generation/world/motion/tracks";
import {
  drawBackground,
  drawSprite,
  rasterise,
  SCENE_SIZE,
  SPRITE_SIZE,
  toBytes,
  type Sprite,
} from "@/generation/world/render";

/** A clip as frames (64x64x3 RGB bytes each) and, by object and frame, where each object is and how much of it is seen. */
export interface RenderedClip {
  frames: Uint8Array[];
  tracks: TrackPoint[][];
}
/** The first `frames` frames of a clip, all of them unless told. */
export type ClipRenderer = (clip: Clip, frames?: number) => Promise<RenderedClip>;

/** A turned icon needs its diagonal: its drawing is this much wider than the icon. */
const WIDER = Math.SQRT2;

/** A stand-alone icon turned by `angle` degrees about its centre, with the room that a turned square needs. */
function turnedSvg(kind: ObjectKind, colour: Colour, angle: number): string {
  const side = 64 * WIDER;
  const corner = (64 - side) / 2;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SPRITE_SIZE}" height="${SPRITE_SIZE}" viewBox="${corner} ${corner} ${side} ${side}">` +
    `<g transform="rotate(${angle} 32 32)">${iconMarkup(kind, colour)}</g></svg>`
  );
}

/**
 * A renderer of clips. Each icon is rasterised the first time it is needed, at each of the 16 angles of a spin; the frames are
 * then composed as images are: the same bytes for the same clip.
 */
export function createClipRenderer(): ClipRenderer {
  const sprites = new Map<string, Promise<Sprite>>();
  const spriteOf = (kind: ObjectKind, colour: Colour, angle: number) => {
    const name = `${colour} ${kind} ${angle}`;
    const sprite = sprites.get(name) ?? rasterise(turnedSvg(kind, colour, angle));
    sprites.set(name, sprite);
    return sprite;
  };
  return async (clip, count = CLIP_FRAMES) => {
    const frames: Uint8Array[] = [];
    const tracks: TrackPoint[][] = clip.objects.map(() => []);
    for (let frame = 0; frame < count; frame += 1) {
      const places = clip.objects.map((object) => placeAt(object, frame));
      const drawn = await Promise.all(
        clip.objects.map(({ kind, colour }, index) => spriteOf(kind, colour, places[index].angle)),
      );
      const canvas = new Float64Array(SCENE_SIZE * SCENE_SIZE * 3);
      drawBackground(clip, canvas);
      const seen = places.map(() => new Float64Array(SCENE_SIZE * SCENE_SIZE));
      places.forEach(({ x, y, size }, index) => {
        const side = size * WIDER;
        drawSprite(
          drawn[index],
          { left: x - side / 2, top: y - side / 2, size: side },
          canvas,
          (pixel, alpha) => {
            seen[index][pixel] = alpha;
            for (let below = 0; below < index; below += 1) seen[below][pixel] *= 1 - alpha;
          },
        );
      });
      frames.push(toBytes(canvas));
      places.forEach((place, index) => {
        const whole = areaOf(drawn[index]) * ((place.size * WIDER) / SPRITE_SIZE) ** 2;
        const visible = seen[index].reduce((sum, alpha) => sum + alpha, 0) / whole;
        tracks[index].push({ ...place, visible: Math.min(1, Math.max(0, visible)) });
      });
    }
    return { frames, tracks };
  };
}

/** Opaque area of a sprite, in its own pixels: the last sum of its table. */
const areaOf = (sprite: Sprite) => sprite[sprite.length - 1];
