import { MOTIONS, type ClipTruth, type Motion } from "@/lib/schemas/stack/clip";
import {
  BACKGROUNDS,
  COLOURS,
  OBJECT_KINDS,
  type Background,
  type Colour,
  type ObjectKind,
} from "@/lib/schemas/stack/scene";

/** What the grader reads in a clip, whatever its caption says. */
export interface ClipReading {
  /** One entry a kind that is there. */
  objects: { kind: ObjectKind; colour: Colour; motion: Motion }[];
  background: Background;
}

/**
 * What the grader's outputs for one clip say: a kind is there where its logit is above 0; of colours, motions and backgrounds the
 * highest logit counts.
 * @param outputs logits "kinds" [16], "colours" [16, 8], "motions" [16, 13], "background" [8]
 */
export function clipReading(outputs: Readonly<Record<string, { data: unknown }>>): ClipReading {
  const logits = (name: string) => outputs[name].data as Float32Array;
  const [kinds, colours, motions] = [logits("kinds"), logits("colours"), logits("motions")];
  return {
    objects: OBJECT_KINDS.flatMap((kind, i) =>
      kinds[i] > 0
        ? [{ kind, colour: highest(COLOURS, colours, i), motion: highest(MOTIONS, motions, i) }]
        : [],
    ),
    background: highest(BACKGROUNDS, logits("background"), 0),
  };
}

/** The label with the highest logit of a row. */
function highest<T>(labels: readonly T[], logits: Float32Array, row: number): T {
  const start = row * labels.length;
  let best = 0;
  for (let i = 1; i < labels.length; i++) if (logits[start + i] > logits[start + best]) best = i;
  return labels[best];
}

/** A reading held against what a caption claims; null where the caption does not say. */
export interface ClipGrade {
  /** The kinds the caption names are there, and no others. */
  objects: boolean;
  colours: boolean | null;
  background: boolean | null;
  /** Every motion claimed is the one that is read. */
  motions: boolean | null;
  /** What is done is right, wherever to: moves, spins, leaves ... */
  verb: boolean | null;
  /** Of motions that go somewhere: left, right, up or down is right. */
  direction: boolean | null;
  /** What the caption says leaves the view or passes behind something does so, and is there again afterwards. */
  persistence: boolean | null;
  allCorrect: boolean;
}

/** What a motion does, where to, and how it is out of sight meanwhile. */
export interface MotionParts {
  verb: string;
  direction: "left" | "right" | "up" | "down" | null;
  hidden: "leaves" | "behind" | null;
}

/** A motion taken apart. */
export function motionParts(motion: Motion): MotionParts {
  const words = motion.split(" ");
  const direction = (["left", "right", "up", "down"] as const).find((word) => words.includes(word)) ?? null;
  const hidden = (["leaves", "behind"] as const).find((word) => words.includes(word)) ?? null;
  return { verb: words[0], direction, hidden };
}

/** Holds a reading against a caption's claims. What is not there at all is done wrong. */
export function gradeClip(reading: ClipReading, truth: ClipTruth): ClipGrade {
  const seen = new Map(reading.objects.map((object) => [object.kind, object]));
  const objects = seen.size === truth.objects.length && truth.objects.every(({ kind }) => seen.has(kind));
  const colours = every(truth.objects, ({ kind, colour }) => colour && seen.get(kind)?.colour === colour);
  const claimed = truth.objects.flatMap(({ kind, motion }) => {
    if (motion === null) return [];
    const read = seen.get(kind)?.motion;
    return [{ motion, read, wanted: motionParts(motion), found: read && motionParts(read) }];
  });
  const motions = every(claimed, ({ motion, read }) => read === motion);
  const background = truth.background === null ? null : reading.background === truth.background;
  return {
    objects,
    colours,
    background,
    motions,
    verb: every(claimed, ({ wanted, found }) => found?.verb === wanted.verb),
    direction: every(
      claimed,
      ({ wanted, found }) => wanted.direction && found?.direction === wanted.direction,
    ),
    persistence: every(claimed, ({ wanted, found }) => wanted.hidden && found?.hidden === wanted.hidden),
    allCorrect: objects && colours !== false && motions !== false && background !== false,
  };
}

/** Whether a test holds for every item that it applies to, null where it applies to none; a test gives null where it does not apply. */
function every<T>(items: readonly T[], test: (item: T) => boolean | null): boolean | null {
  const results = items.map(test).filter((result) => result !== null);
  return results.length === 0 ? null : results.every(Boolean);
}
