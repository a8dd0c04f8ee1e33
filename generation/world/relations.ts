import type { Relation, Scene, SceneObject } from "@/lib/schemas/stack/scene";

/** Far enough apart, and along one axis far more than the other: nobody would argue. Pixels of the 64x64 canvas. */
const CLEAR_DISTANCE = 12;
const CLEAR_RATIO = 1.7;

/** How the first object plainly stands to the second, or null where it could be argued. */
export function clearRelation(scene: Scene, first: number, second: number): Relation | null {
  if (scene.relation === "with") return first === 0 && second === 1 ? "with" : null;
  const [a, b]: SceneObject[] = [scene.objects[first], scene.objects[second]];
  const [across, down] = [b.x - a.x, b.y - a.y];
  const [wide, high] = [Math.abs(across), Math.abs(down)];
  if (wide >= CLEAR_DISTANCE && wide >= CLEAR_RATIO * high) return across > 0 ? "left of" : "right of";
  if (high >= CLEAR_DISTANCE && high >= CLEAR_RATIO * wide) return down > 0 ? "above" : "below";
  return null;
}

/** What a relation is mistaken for most easily. */
export const OPPOSITE: Partial<Record<Relation, Relation>> = {
  "left of": "right of",
  "right of": "left of",
  above: "below",
  below: "above",
};
