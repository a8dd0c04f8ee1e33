import { z } from "zod";

/** Why a judge does not go on. */
export const judgePause = z.discriminatedUnion("code", [
  z
    .object({ code: z.literal("budget_spent"), budgetUsd: z.number() })
    .describe("It has cost as much as it may."),
  z
    .object({ code: z.literal("no_answers"), calls: z.number().int(), said: z.string() })
    .describe("So many calls in a row brought no answer; what was said of the last one."),
  z
    .object({ code: z.literal("key_unreadable"), said: z.string() })
    .describe("Its stored key cannot be opened here."),
  z
    .object({ code: z.literal("no_ffmpeg") })
    .describe("It is shown whole videos, and the machine that asks it has no ffmpeg to make them with."),
  z.object({ code: z.literal("owner_left") }).describe("Who added it erased their data, its address too."),
]);

/** As judges keep it: those of earlier releases are sentences. */
export const storedJudgePause = z.union([z.string(), judgePause]);

export type JudgePause = z.output<typeof judgePause>;
export type StoredJudgePause = z.output<typeof storedJudgePause>;
