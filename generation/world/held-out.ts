import {
  COLOURS,
  OBJECT_KINDS,
  RELATIONS,
  type CaptionTruth,
  type Colour,
  type ObjectKind,
  type Relation,
  type Scene,
} from "@/lib/schemas/stack/scene";

/**
 * The combinations no training image shows. A model that draws them has learnt parts and how to put them together.
 * Each kind misses one colour entirely, and about one ordered pair of kinds in eleven misses one relation.
 */
export const HELD_OUT_COLOUR: Readonly<Record<ObjectKind, Colour>> = {
  "teddy bear": "green",
  book: "pink",
  car: "brown",
  tree: "blue",
  house: "orange",
  sun: "purple",
  star: "brown",
  ball: "brown",
  fish: "yellow",
  flower: "green",
  boat: "purple",
  cup: "pink",
  heart: "blue",
  mushroom: "yellow",
  balloon: "orange",
  key: "red",
};

/** Whether "A relation B" is held out for these kinds, whatever their colours. "A with a book" (reading) never is. */
export function isHeldOutRelation(first: ObjectKind, relation: Relation, second: ObjectKind): boolean {
  if (relation === "with" && second === "book") return false;
  const [a, b, r] = [OBJECT_KINDS.indexOf(first), OBJECT_KINDS.indexOf(second), RELATIONS.indexOf(relation)];
  return (a * 7 + b * 3 + r * 5) % 11 === 0;
}

/** Whether a scene shows any held-out combination. */
export function isHeldOut(scene: Scene): boolean {
  const colours = scene.objects.some(({ kind, colour }) => HELD_OUT_COLOUR[kind] === colour);
  const [first, second] = scene.objects;
  return colours || (scene.relation !== null && isHeldOutRelation(first.kind, scene.relation, second.kind));
}

/** The colours a kind may have in training. */
export function trainingColours(kind: ObjectKind): Colour[] {
  return COLOURS.filter((colour) => colour !== HELD_OUT_COLOUR[kind]);
}

/** Whether a caption asks for a held-out combination in so many words. */
export function asksForHeldOut(truth: CaptionTruth): boolean {
  const colours = truth.objects.some(({ kind, colour }) => colour === HELD_OUT_COLOUR[kind]);
  const [first, second] = truth.objects;
  return colours || (truth.relation !== null && isHeldOutRelation(first.kind, truth.relation, second.kind));
}
