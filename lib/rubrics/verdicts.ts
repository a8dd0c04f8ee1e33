import { z } from "zod";
import type { Question } from "@/lib/rubrics/checklist";

/** Why there is no verdict. Never a score of 0: what is not known is missing. */
export const NO_VERDICT = [
  /** The endpoint's moderation, or the judge itself, declined. */
  "refused",
  /** The judge says that it cannot judge this. */
  "cannot_tell",
  /** The answer is not what was asked for: prose, half JSON, an empty list, an unknown level. */
  "invalid",
  /** The stored image or video cannot be read: the judge was not asked. */
  "unreadable",
  "rate_limited",
  "timeout",
  "transient",
] as const;
export type NoVerdictReason = (typeof NO_VERDICT)[number];

/** Whether the same question may be answered a little later. */
export function isTemporary(reason: NoVerdictReason): boolean {
  return reason === "rate_limited" || reason === "timeout" || reason === "transient";
}

/** The parts of a score of one sample; the form of JudgeSampleVerdict.details. */
export const sampleDetails = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("pointwise"),
    reasoning: z.string(),
    /** By aspect: the level it chose, and what that is worth (0 to 1). */
    aspects: z.record(z.string(), z.object({ level: z.string(), score: z.number() })),
  }),
  z.object({
    kind: z.literal("checklist"),
    reasoning: z.string(),
    answers: z.array(
      z.object({
        id: z.number().int(),
        text: z.string(),
        answer: z.enum(["yes", "no", "cannot_tell"]),
        /** null: could not be told, counts nothing. */
        counts: z.union([z.literal(0), z.literal(1)]).nullable(),
      }),
    ),
  }),
  z.object({ kind: z.literal("vqascore"), yes: z.number(), no: z.number() }),
]);
export type SampleDetails = z.output<typeof sampleDetails>;

export type PairChoice = "A" | "B" | "both_good" | "both_bad";

export type Verdict =
  | { kind: "sample"; score: number; details: SampleDetails }
  | {
      kind: "pair";
      choice: PairChoice;
      /** P(A is better) + P(neither) / 2. */
      preference: number;
      probabilities: { A: number; B: number; neither: number } | null;
    }
  | { kind: "questions"; questions: Question[] }
  | { kind: "none"; reason: NoVerdictReason; message: string };
