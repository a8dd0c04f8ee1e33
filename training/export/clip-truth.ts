import { MOTIONS, type Clip } from "@/lib/schemas/stack/clip";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS } from "@/lib/schemas/stack/scene";

/** A clip's truth as training/ reads it: objects, background, then 3 x (kind, colour, motion), -1 where absent. */
export const CLIP_TRUTH_WIDTH = 11;

export function clipTruthRow({ objects, background }: Clip): number[] {
  const row = new Array<number>(CLIP_TRUTH_WIDTH).fill(-1);
  row[0] = objects.length;
  row[1] = BACKGROUNDS.indexOf(background.colour);
  objects.forEach(({ kind, colour, motion }, index) => {
    const facts = [OBJECT_KINDS.indexOf(kind), COLOURS.indexOf(colour), MOTIONS.indexOf(motion)];
    row.splice(2 + index * 3, 3, ...facts);
  });
  return row;
}
