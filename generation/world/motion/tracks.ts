import { CLIP_FRAMES, type ClipObject, type TrackPoint } from "@/lib/schemas/stack/clip";
import { SCENE_SIZE } from "@/generation/world/render";

/** Where an object is in a frame, without what covers it. */
export type Place = Omit<TrackPoint, "visible">;

const LAST = CLIP_FRAMES - 1;

/** Fast at first, then slower: a share of the way for a share of the time. Reversed, a clip is not one of this world. */
const easeOut = (time: number) => 1 - (1 - time) ** 1.5;

/** The first of two hops takes this share of the clip; the second is lower. */
const FIRST_HOP = 0.5625;
const SECOND_HEIGHT = 0.55;
/** Height above the floor, as a share of the first hop's. */
function hop(time: number): number {
  const first = time <= FIRST_HOP;
  const part = first ? time / FIRST_HOP : (time - FIRST_HOP) / (1 - FIRST_HOP);
  return 4 * part * (1 - part) * (first ? 1 : SECOND_HEIGHT);
}

/** An object that leaves is out of view between these shares of the clip. */
const GONE = { from: 5 / LAST, to: 8 / LAST };
/** How far from its first place, as a share of the way out, an object that leaves and comes back is. */
const away = (time: number) =>
  time <= GONE.to ? Math.min(1, time / GONE.from) : 1 - easeOut((time - GONE.to) / (1 - GONE.to));

/**
 * Where an object is in frame `frame` (0 to 16): centre and side in pixels, angle in degrees clockwise. Exact: what the
 * renderer draws and what the tracks say come from here.
 */
export function placeAt(object: ClipObject, frame: number): Place {
  const { x, y, size, reach } = object;
  const time = frame / LAST;
  const still: Place = { x, y, size, angle: 0 };
  switch (object.motion) {
    case "moves left":
    case "moves left behind":
      return { ...still, x: x - reach * easeOut(time) };
    case "moves right":
    case "moves right behind":
      return { ...still, x: x + reach * easeOut(time) };
    case "moves up":
      return { ...still, y: y - reach * easeOut(time) };
    case "moves down":
      return { ...still, y: y + reach * easeOut(time) };
    case "spins":
      return { ...still, angle: (360 + reach * 360 * time) % 360 };
    case "grows":
      return { ...still, size: size * (1 + (reach - 1) * easeOut(time)) };
    case "shrinks":
      return { ...still, size: size / (1 + (reach - 1) * easeOut(time)) };
    case "bounces":
      return { ...still, y: y - reach * hop(time) };
    case "leaves to the left and comes back":
      return { ...still, x: x - (x + size / 2 + 1) * away(time) };
    case "leaves to the right and comes back":
      return { ...still, x: x + (SCENE_SIZE + size / 2 + 1 - x) * away(time) };
    case "stands still":
      return still;
  }
}
