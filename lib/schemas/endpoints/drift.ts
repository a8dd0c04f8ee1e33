import { z } from "zod";

/** Whether the model behind a name is still the one that was measured. /api/openapi.json is made from it. */

export const USUAL_DRIFT_DAYS = 7;
/** Prompts that a look draws. */
export const CANARY_PROMPTS = 8;

export const driftWatch = z
  .object({
    everyDays: z
      .number()
      .int()
      .min(1)
      .max(90)
      .nullable()
      .describe("Every so many days a few images are drawn and compared with the last ones; null: never."),
  })
  .strict();

/** What a look found. */
export interface DriftFinding {
  at: string;
  verdict: "first" | "unchanged" | "changed" | "unknown";
  /** Grey levels of 0 to 255, with their 97% interval; null: nothing was compared. */
  distance: number | null;
  low: number | null;
  high: number | null;
  prompts: number;
}

/** What a model's page says of it. */
export interface DriftView {
  /** The newest change that was seen of the version that the endpoint has now; null: none. */
  changed: DriftFinding | null;
  /** Since when votes on its images count, where its owner began a new version by hand; null: all do. */
  splitAt: string | null;
  /** For who may switch it on; null: others. */
  watch: {
    everyDays: number | null;
    /** What a look draws, and about what it costs; null: no price is known. */
    images: number;
    costUsd: number | null;
    last: DriftFinding | null;
    isUnderWay: boolean;
  } | null;
}

export type DriftWatch = z.output<typeof driftWatch>;
