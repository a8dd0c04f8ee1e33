import {
  BACKGROUNDS,
  COLOURS,
  OBJECT_KINDS,
  type CaptionTruth,
  type Relation,
} from "@/lib/schemas/stack/scene";
import type { Random } from "@/generation/world/random";

/** The ways in which a hard negative departs from the truth. The first two use the caption's own words in another order. */
export const HARD_NEGATIVE_CHANGES = [
  "colours swapped",
  "relation reversed",
  "another colour",
  "another object",
  "another count",
  "another background",
] as const;
export type HardNegativeChange = (typeof HARD_NEGATIVE_CHANGES)[number];

const REVERSED: Partial<Record<Relation, Relation>> = {
  "left of": "right of",
  "right of": "left of",
  above: "below",
  below: "above",
};

/** The truth with one claim made false, or null where it makes no such claim. */
function changed(truth: CaptionTruth, change: HardNegativeChange, random: Random): CaptionTruth | null {
  const { objects, relation, background } = truth;
  const other = <T>(items: readonly T[], not: readonly T[]) =>
    random.pick(items.filter((item) => !not.includes(item)));
  const at = Math.floor(random.next() * objects.length);
  const replace = (part: Partial<CaptionTruth["objects"][number]>) => ({
    ...truth,
    objects: objects.map((object, index) => (index === at ? { ...object, ...part } : object)),
  });
  switch (change) {
    case "colours swapped": {
      const [first, second, ...rest] = objects;
      if (!second || first.colour === second.colour) return null;
      const swapped = [
        { ...first, colour: second.colour },
        { ...second, colour: first.colour },
      ];
      return { ...truth, objects: [...swapped, ...rest] };
    }
    case "relation reversed": {
      const reversed = relation === null ? undefined : REVERSED[relation];
      return reversed ? { ...truth, relation: reversed } : null;
    }
    case "another colour": {
      const { colour } = objects[at];
      return colour === null ? null : replace({ colour: other(COLOURS, [colour]) });
    }
    case "another object":
      return replace({
        kind: other(
          OBJECT_KINDS,
          objects.map(({ kind }) => kind),
        ),
      });
    case "another count":
      // A scene of several kinds shows one of each.
      return objects.length > 1 ? null : replace({ count: other([1, 2, 3], [objects[at].count]) });
    case "another background":
      return background === null ? null : { ...truth, background: other(BACKGROUNDS, [background]) };
  }
}

/**
 * A hard negative (a foil: Shekhar et al. 2017): a caption of the grammar that differs from the truth in one claim, and so is false of every
 * image of it. Which claim is drawn evenly from those the truth makes.
 */
export function hardNegative(
  truth: CaptionTruth,
  random: Random,
): { truth: CaptionTruth; change: HardNegativeChange } {
  for (;;) {
    const change = random.pick(HARD_NEGATIVE_CHANGES);
    const made = changed(truth, change, random);
    if (made) return { truth: made, change };
  }
}
