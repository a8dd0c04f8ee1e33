import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

const ratio = { unit: null, format: { significant: 3 }, needs: "frames", detail: true } as const;
const SEEN = "About 1: motion counts for nothing in the distance.";

/** What FVD-toybox makes of motion (lib/metrics/motion/temporal-probe.ts). They are of the metric on these clips: no model is better by them. */
export const shuffledRatio = {
  ...ratio,
  name: "shuffled-ratio",
  label: "FVD-toybox with frames shuffled, over the plain one",
  meaning: `FVD-toybox of the same clips with their frames in random order, over that of the clips as they are. ${SEEN}`,
  better: null,
  protocol: "fd/shuffled over plain, order of seed 1",
} as const satisfies MetricDefinition;

export const frozenRatio = {
  ...ratio,
  name: "frozen-ratio",
  label: "FVD-toybox of the frozen middle frame, over the plain one",
  meaning: `FVD-toybox of the clips' middle frames standing still, over that of the clips as they are. ${SEEN}`,
  better: null,
  protocol: "fd/frozen over plain",
} as const satisfies MetricDefinition;

export const contentBias = {
  ...ratio,
  name: "content-bias",
  label: "Content bias of FVD-toybox",
  meaning:
    "How much of FVD-toybox is left when every clip, generated and real, is replaced by its frozen middle frame. Near 100%: the distance is one of frames, whatever they do.",
  better: null,
  unit: "share",
  format: { decimals: 0 },
  protocol: "fd/frozen to frozen over plain",
} as const satisfies MetricDefinition;
