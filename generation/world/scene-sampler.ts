import {
  BACKGROUNDS,
  COLOURS,
  OBJECT_KINDS,
  PROMPT_CATEGORIES,
  RELATIONS,
  type Colour,
  type ObjectKind,
  type PromptCategory,
  type Relation,
  type Scene,
  type SceneObject,
} from "@/lib/schemas/stack/scene";
import { HELD_OUT_COLOUR, isHeldOut } from "@/generation/world/held-out";
import { seededRandom, type Random } from "@/generation/world/random";
import { SCENE_SIZE } from "@/generation/world/render";

/** Independent families of scenes: no seed of one family ever yields a scene of another by construction. */
export const SPLIT = {
  train: 1,
  validation: 2,
  reference: 3,
  prompts: 4,
  grader: 5,
  enhancer: 6,
  "enhancer-validation": 7,
} as const;
export type Split = keyof typeof SPLIT;

/** How often training shows each category; "held-out" never. */
const TRAINING_MIX: Record<PromptCategory, number> = {
  "single object": 0.2,
  colour: 0.15,
  counting: 0.16,
  relation: 0.33,
  "three objects": 0.16,
  "held-out": 0,
};

/** Hard shapes (faces, fins, points) and the reading bear's book come more often. */
export const KIND_WEIGHTS: Record<ObjectKind, number> = {
  "teddy bear": 2.2,
  book: 1.3,
  car: 1,
  tree: 1,
  house: 1,
  sun: 1,
  star: 1.6,
  ball: 1,
  fish: 1.6,
  flower: 1,
  boat: 1,
  cup: 1,
  heart: 1,
  mushroom: 1,
  balloon: 1,
  key: 1,
};

/** What a kind looks like when the caption does not name its colour (most of the time). */
export const NATURAL_COLOUR: Record<ObjectKind, Colour> = {
  "teddy bear": "brown",
  book: "red",
  car: "red",
  tree: "green",
  house: "red",
  sun: "yellow",
  star: "yellow",
  ball: "red",
  fish: "orange",
  flower: "pink",
  boat: "red",
  cup: "blue",
  heart: "red",
  mushroom: "red",
  balloon: "red",
  key: "yellow",
};

const MARGIN = 2;
const ROOM = SCENE_SIZE - 2 * MARGIN;

type Box = Pick<SceneObject, "x" | "y" | "size">;
type Look = Pick<SceneObject, "kind" | "colour" | "said">;

function sampleColour(random: Random, kind: ObjectKind, heldOut: boolean, unsaid: number): Look {
  const allowed = COLOURS.filter((colour) => heldOut || colour !== HELD_OUT_COLOUR[kind]);
  const said = !random.chance(unsaid);
  const natural = !said && random.chance(0.7);
  return { kind, colour: natural ? NATURAL_COLOUR[kind] : random.pick(allowed), said: { colour: said } };
}

/** Boxes in a row along one axis, with the free room shared out at random and a jitter across. */
function row(random: Random, sizes: readonly number[], axis: "x" | "y"): Box[] {
  const slack = ROOM - sizes.reduce((sum, size) => sum + size, 0);
  const shares = [...sizes, 0].map((_, index) =>
    random.between(index === 0 || index === sizes.length ? 0.2 : 0.6, 1.2),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  const base = random.between(-5, 5);
  let at = MARGIN;
  return sizes.map((size, index) => {
    at += (slack * shares[index]) / total;
    const along = at + size / 2;
    at += size;
    const half = SCENE_SIZE / 2;
    const across = Math.min(
      SCENE_SIZE - MARGIN - size / 2,
      Math.max(MARGIN + size / 2, half + base + random.between(-4, 4)),
    );
    return axis === "x" ? { x: along, y: across, size } : { x: across, y: along, size };
  });
}

/** Three boxes as a triangle: two above one or one above two. */
function triangle(random: Random): Box[] {
  const size = random.between(23, 28);
  const jitter = () => random.between(-1.5, 1.5);
  const far = SCENE_SIZE - MARGIN - size / 2 - 1.5;
  const near = MARGIN + size / 2 + 1.5;
  const [pair, single] = random.chance(0.5) ? [near, far] : [far, near];
  const boxes = [
    { x: near + jitter(), y: pair + jitter(), size },
    { x: far + jitter(), y: pair + jitter(), size },
    { x: SCENE_SIZE / 2 + 3 * jitter(), y: single + jitter(), size },
  ];
  return random.chance(0.5) ? boxes : [boxes[2], boxes[0], boxes[1]];
}

function alone(random: Random): Box {
  const size = random.between(38, 56);
  const reach = (ROOM - size) / 2;
  const half = SCENE_SIZE / 2;
  return { x: half + random.between(-reach, reach), y: half + random.between(-reach, reach), size };
}

/** A large box with a smaller one in front of its lower half: a bear and the book it reads. */
function inFront(random: Random): Box[] {
  const size = random.between(42, 50);
  const first = { x: 32 + random.between(-4, 4), y: MARGIN + size / 2 + random.between(0, 3), size };
  const small = random.between(23, 28);
  const y = Math.min(SCENE_SIZE - MARGIN - small / 2, first.y + size * 0.36 + random.between(-1, 2));
  return [first, { x: first.x + random.between(-4, 4), y, size: small }];
}

function pairBoxes(random: Random, relation: Relation): Box[] {
  if (relation === "with") return inFront(random);
  const sizes = [random.between(23, 29), random.between(23, 29)];
  const boxes = row(random, sizes, relation === "left of" || relation === "right of" ? "x" : "y");
  return relation === "left of" || relation === "above" ? boxes : [boxes[1], boxes[0]];
}

function several(random: Random, count: number): Box[] {
  if (count === 3 && random.chance(0.6)) return triangle(random);
  const size = count === 3 ? random.between(18, 19.5) : random.between(22, 29);
  return row(
    random,
    Array.from({ length: count }, (_, index) => (count === 3 ? size : size - index * 0.01)),
    random.chance(0.7) ? "x" : "y",
  );
}

function sampleOnce(random: Random, category: PromptCategory, heldOut: boolean): Scene {
  const drawn =
    category === "held-out"
      ? random.pick(["single object", "counting", "relation", "relation", "relation"] as const)
      : category;
  const kinds = (count: number) =>
    random.pickDistinct(
      OBJECT_KINDS,
      count,
      OBJECT_KINDS.map((kind) => KIND_WEIGHTS[kind]),
    );
  const place = (looks: Look[], boxes: Box[]): SceneObject[] =>
    looks.map((look, index) => ({ ...look, ...boxes[index] }));
  const colour = (kind: ObjectKind, unsaid = 0.1) => sampleColour(random, kind, heldOut, unsaid);
  let objects: SceneObject[];
  let relation: Relation | null = null;
  let unsaidBackground = 0.15;
  if (drawn === "single object") {
    objects = place([colour(kinds(1)[0], 0.15)], [alone(random)]);
  } else if (drawn === "counting") {
    const count = random.chance(0.5) ? 2 : 3;
    const look = colour(kinds(1)[0]);
    objects = place(new Array<Look>(count).fill(look), several(random, count));
  } else if (drawn === "three objects") {
    objects = place(
      kinds(3).map((kind) => colour(kind)),
      several(random, 3),
    );
  } else if (drawn === "colour") {
    const layout = random.pick(["left of", "right of", "above", "below"] as const);
    objects = place(
      kinds(2).map((kind) => colour(kind, 0)),
      pairBoxes(random, layout),
    );
  } else {
    relation = random.pick(RELATIONS, [1, 1, 1, 1, 1.4]);
    const reading = relation === "with" && random.chance(0.55);
    const [first, second] = kinds(2);
    const reader: ObjectKind = random.chance(0.5) || first === "book" ? "teddy bear" : first;
    const looks = reading ? [colour(reader, 0.3), colour("book", 0.35)] : [colour(first), colour(second)];
    if (reading) unsaidBackground = 0.35;
    objects = place(looks, pairBoxes(random, relation));
  }
  const background = {
    colour: random.pick(BACKGROUNDS),
    gradient: random.chance(0.5),
    said: { colour: !random.chance(unsaidBackground) },
  };
  return { objects, relation, background };
}

/**
 * Samples a scene of a category: the same seed, split and category give the same scene. Ordinary categories never show a
 * held-out combination; "held-out" always does.
 */
export function sampleScene(seed: number, split: Split, category: PromptCategory): Scene {
  const random = seededRandom(seed, SPLIT[split]);
  const wanted = category === "held-out";
  for (;;) {
    const scene = sampleOnce(random, category, wanted);
    if (isHeldOut(scene) === wanted) return scene;
  }
}

/** The scene of one training (or validation) index: categories mixed as training sees them, nothing held out. */
export function sampleTrainingScene(index: number, split: "train" | "validation" = "train"): Scene {
  const categories = Object.keys(TRAINING_MIX) as PromptCategory[];
  const category = seededRandom(index, 100 + SPLIT[split]).pick(
    categories,
    categories.map((name) => TRAINING_MIX[name]),
  );
  return sampleScene(index, split, category);
}

/** A scene of the grader's split: every category in turn, the held-out ones among them. */
export function sampleBalancedScene(index: number, split: Split): Scene {
  return sampleScene(index, split, PROMPT_CATEGORIES[index % PROMPT_CATEGORIES.length]);
}
