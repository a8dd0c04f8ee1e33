import {
  CLIP_CATEGORIES,
  type Clip,
  type ClipCategory,
  type ClipObject,
  type Motion,
} from "@/lib/schemas/stack/clip";
import { BACKGROUNDS, OBJECT_KINDS, type ObjectKind } from "@/lib/schemas/stack/scene";
import { trainingColours } from "@/generation/world/held-out";
import { showsHeldOut } from "@/generation/world/motion/held-out-motions";
import { seededRandom, type Random } from "@/generation/world/random";
import { SCENE_SIZE } from "@/generation/world/render";
import { KIND_WEIGHTS, NATURAL_COLOUR, SPLIT, type Split } from "@/generation/world/scene-sampler";

/** Streams of clips, apart from those of scenes. */
const STREAM = 200;
const MARGIN = 2;

/** How often training shows each category; "held-out" never. */
const TRAINING_MIX: Record<ClipCategory, number> = {
  "one object": 0.32,
  "two objects": 0.3,
  "three objects": 0.14,
  behind: 0.12,
  leaves: 0.12,
  "held-out": 0,
};

/** Where an object may be: a part of the canvas that is its own, so that none covers another by chance. */
interface Lane {
  left: number;
  top: number;
  width: number;
  height: number;
}
type Placed = Pick<ClipObject, "x" | "y" | "size" | "reach">;

const ACROSS: readonly Motion[] = ["moves left", "moves right"];
const LEAVING: readonly Motion[] = [
  "leaves to the left and comes back",
  "leaves to the right and comes back",
];
const UPRIGHT: readonly Motion[] = ["moves up", "moves down", "bounces"];
const IN_PLACE: readonly Motion[] = ["spins", "grows", "shrinks", "stands still"];
/** Standing still says little: it comes less often. */
const weightOf = (motion: Motion) => (motion === "stands still" ? 0.6 : 1);
const pickMotion = (random: Random, motions: readonly Motion[]) =>
  random.pick(motions, motions.map(weightOf));

/** Kinds without holes: what goes behind them is hidden. */
const SOLID: readonly ObjectKind[] = [
  "teddy bear",
  "book",
  "house",
  "ball",
  "cup",
  "heart",
  "mushroom",
  "balloon",
];

/** A centre anywhere in the lane that keeps a box of this width and height inside. */
function anywhere(random: Random, lane: Lane, width: number, height = width) {
  return {
    x: lane.left + random.between(width / 2, Math.max(width / 2, lane.width - width / 2)),
    y: lane.top + random.between(height / 2, Math.max(height / 2, lane.height - height / 2)),
  };
}

/** A box, and how far it goes, for a motion inside a lane. */
function place(random: Random, motion: Motion, lane: Lane): Placed {
  const room = Math.min(lane.width, lane.height);
  const side = (low: number, high: number) =>
    random.between(Math.min(low, room * 0.85), Math.min(high, room));
  switch (motion) {
    case "moves left":
    case "moves right": {
      const size = side(19, 32);
      const reach = random.between(Math.min(20, lane.width - size), lane.width - size);
      const { x, y } = anywhere(random, lane, size + reach, size);
      return { x: motion === "moves left" ? x + reach / 2 : x - reach / 2, y, size, reach };
    }
    case "moves up":
    case "moves down": {
      const size = side(18, 32);
      const reach = random.between(Math.min(20, lane.height - size), lane.height - size);
      const { x, y } = anywhere(random, lane, size, size + reach);
      return { x, y: motion === "moves up" ? y + reach / 2 : y - reach / 2, size, reach };
    }
    case "bounces": {
      const size = side(17, 30);
      const reach = random.between(Math.min(16, lane.height - size), Math.min(34, lane.height - size));
      const { x, y } = anywhere(random, lane, size, size + reach);
      return { x, y: y + reach / 2, size, reach };
    }
    case "grows":
    case "shrinks": {
      const large = side(26, 48);
      const reach = random.between(1.8, 2.4);
      return {
        ...anywhere(random, lane, large),
        size: motion === "grows" ? large / reach : large,
        reach,
      };
    }
    case "leaves to the left and comes back":
    case "leaves to the right and comes back": {
      const size = side(19, 30);
      return { ...anywhere(random, lane, size), size, reach: 0 };
    }
    case "spins":
      // A turning square needs its diagonal.
      return { ...placeStill(random, lane, side(24, 44) / 1.2), reach: random.chance(0.5) ? 1 : -1 };
    default:
      return { ...placeStill(random, lane, side(22, 44)), reach: 0 };
  }
}

const placeStill = (random: Random, lane: Lane, size: number) => ({ ...anywhere(random, lane, size), size });

/** `count` lanes beside (or, as rows, over) each other, in random order. */
function lanes(random: Random, count: number, rows: boolean): Lane[] {
  const room = SCENE_SIZE - 2 * MARGIN;
  const each = (room - (count - 1)) / count;
  const parts = Array.from({ length: count }, (_, index) => {
    const at = MARGIN + index * (each + 1);
    return rows
      ? { left: MARGIN, top: at, width: room, height: each }
      : { left: at, top: MARGIN, width: each, height: room };
  });
  return random.pickDistinct(parts, count);
}

function look(random: Random, kind: ObjectKind): Pick<ClipObject, "kind" | "colour" | "said"> {
  const said = !random.chance(0.1);
  const natural = !said && random.chance(0.7);
  const colour = natural ? NATURAL_COLOUR[kind] : random.pick(trainingColours(kind));
  return { kind, colour, said: { colour: said, motion: true } };
}

function pickKinds(random: Random, count: number, from: readonly ObjectKind[] = OBJECT_KINDS): ObjectKind[] {
  return random.pickDistinct(
    from,
    count,
    from.map((kind) => KIND_WEIGHTS[kind]),
  );
}

/** An object passes behind a larger one that stands still, from one side to the other. */
function behind(random: Random): ClipObject[] {
  const [front] = pickKinds(random, 1, SOLID);
  const [mover] = pickKinds(
    random,
    1,
    OBJECT_KINDS.filter((kind) => kind !== front),
  );
  const large = random.between(30, 36);
  const cover = { x: 32 + random.between(-3, 3), y: 32 + random.between(-8, 8), size: large, reach: 0 };
  const size = random.between(16, 19);
  const motion = random.pick(["moves left behind", "moves right behind"] as const);
  const from = MARGIN + size / 2 + random.between(0, 2);
  const to = SCENE_SIZE - MARGIN - size / 2 - random.between(0, 2);
  const covering = look(random, front);
  return [
    {
      ...look(random, mover),
      motion,
      x: motion === "moves left behind" ? to : from,
      y: cover.y + random.between(-3, 4),
      size,
      reach: to - from,
    },
    { ...covering, said: { ...covering.said, motion: false }, motion: "stands still", ...cover },
  ];
}

function inLanes(random: Random, count: number, category: ClipCategory): ClipObject[] {
  const rows = category === "leaves" || random.chance(0.5);
  // Three columns are too narrow, and three rows too low, to grow in.
  const still = count === 3 ? (["spins", "stands still"] as const) : IN_PLACE;
  const along = [...(rows ? ACROSS : UPRIGHT), ...still];
  const alone = [...ACROSS, ...UPRIGHT, ...IN_PLACE];
  const first = pickMotion(random, category === "leaves" ? LEAVING : count === 1 ? alone : along);
  const parts = lanes(random, count, rows);
  return pickKinds(random, count).map((kind, index) => {
    const motion = index === 0 ? first : pickMotion(random, along);
    const seen = look(random, kind);
    // "a tree" beside something that moves stands still without saying so.
    const silent = index > 0 && motion === "stands still" && random.chance(0.5);
    return {
      ...seen,
      said: { ...seen.said, motion: !silent },
      motion,
      ...place(random, motion, parts[index]),
    };
  });
}

function sampleOnce(random: Random, category: ClipCategory): Clip {
  const drawn =
    category === "held-out"
      ? random.pick(["one object", "two objects", "behind", "leaves"] as const, [2, 1.5, 1, 1])
      : category;
  const counts = {
    "one object": 1,
    "two objects": 2,
    "three objects": 3,
    leaves: random.chance(0.6) ? 1 : 2,
  };
  const objects = drawn === "behind" ? behind(random) : inLanes(random, counts[drawn], drawn);
  const background = {
    colour: random.pick(BACKGROUNDS),
    gradient: random.chance(0.5),
    said: { colour: !random.chance(0.15) },
  };
  return { objects, background };
}

/**
 * Samples a clip of a category: the same seed, split and category give the same clip. Ordinary categories never show a held-out
 * motion; "held-out" always does.
 */
export function sampleClip(seed: number, split: Split, category: ClipCategory): Clip {
  const random = seededRandom(seed, STREAM + SPLIT[split]);
  const wanted = category === "held-out";
  for (;;) {
    const clip = sampleOnce(random, category);
    if (showsHeldOut(clip) === wanted) return clip;
  }
}

/** The clip of one training (or validation) index: categories mixed as training sees them, nothing held out. */
export function sampleTrainingClip(index: number, split: "train" | "validation" = "train"): Clip {
  const category = seededRandom(index, STREAM + 100 + SPLIT[split]).pick(
    CLIP_CATEGORIES,
    CLIP_CATEGORIES.map((name) => TRAINING_MIX[name]),
  );
  return sampleClip(index, split, category);
}

/** A clip of every category in turn, the held-out ones among them: any prefix is balanced. */
export function sampleBalancedClip(index: number, split: Split): Clip {
  return sampleClip(index, split, CLIP_CATEGORIES[index % CLIP_CATEGORIES.length]);
}
