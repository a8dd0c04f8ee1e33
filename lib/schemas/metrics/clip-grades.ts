import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

const BY = "Read by Salon's own grader of Toybox clips; its accuracy is on its card.";

const share = <N extends string>(name: N, label: string, meaning: string) =>
  ({
    name,
    label,
    meaning: `${meaning} ${BY}`,
    better: "higher",
    unit: "share",
    format: { decimals: 1 },
    needs: "grades",
    protocol: name,
  }) as const satisfies MetricDefinition;

/** What the clip grader finds in a run's clips, as shares of those whose prompt claims it (lib/encoders/grade-clip.ts). */
export const clipAlignment = {
  ...share(
    "clip-alignment",
    "Clip alignment",
    "Share of clips that show everything the prompt asks for, and no other object.",
  ),
  /** Of the prompts of one category: "clip-alignment:held-out". */
  member(name) {
    const [metric, category] = name.split(":");
    if (metric !== "clip-alignment" || !category) return null;
    const prompts =
      category === "held-out"
        ? "with a motion that no training clip shows of this object"
        : `of the category “${category}”`;
    return {
      label: `Clip alignment, ${category}`,
      meaning: `Clip alignment on the prompts ${prompts}. ${BY}`,
      detail: true,
    };
  },
} as const satisfies MetricDefinition;

export const clipObjects = share(
  "clip-objects",
  "Right objects",
  "Share of clips that show the objects asked for, and no others.",
);

export const clipColours = share(
  "clip-colours",
  "Right colours",
  "Share of clips in which every object has the colour asked for.",
);

export const clipVerb = share(
  "clip-verb",
  "Right verb",
  "Share of clips in which every object does what is asked: moves, spins, grows, leaves ..., wherever to.",
);

export const clipDirection = share(
  "clip-direction",
  "Right direction",
  "Share of clips in which everything that is to go somewhere goes left, right, up or down as asked.",
);

export const clipPersistence = share(
  "clip-persistence",
  "Persistence",
  "Share of clips in which what is to leave the view, or to pass behind something, does so and comes back.",
);

/** What the clip grader looks at, each with the grade's field that says it (lib/encoders/grade-clip.ts). */
export const CLIP_ASPECTS = [
  [clipAlignment, "allCorrect"],
  [clipObjects, "objects"],
  [clipColours, "colours"],
  [clipVerb, "verb"],
  [clipDirection, "direction"],
  [clipPersistence, "persistence"],
] as const satisfies [MetricDefinition, string][];
