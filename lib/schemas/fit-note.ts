import { z } from "zod";
import { OVERALL } from "@/lib/schemas/criteria";
import { criterion } from "@/lib/schemas/criterion";

const clusterLabel = z.enum(["voter", "prompt"]);

/** What a fit remarks of itself. */
export const fitNote = z.discriminatedUnion("code", [
  z
    .object({ code: z.literal("disconnected") })
    .describe("Some models never met the others, even indirectly."),
  z
    .object({ code: z.literal("separated") })
    .describe("A model or group won or lost every vote against the rest."),
  z.object({ code: z.literal("too_few_clusters"), label: clusterLabel, clusters: z.number().int() }),
  z.object({ code: z.literal("few_clusters"), label: clusterLabel, effective: z.number() }),
]);

/** As snapshots keep it: those of earlier releases are sentences. */
export const storedNote = z.union([z.string(), fitNote]);

/** The same of a fit by criteria. */
export const criterionNote = z.object({
  code: z.enum(["unanswered", "disconnected", "separated"]),
  criterion: z.union([z.literal(OVERALL), criterion]),
});

export type FitNote = z.output<typeof fitNote>;
export type StoredNote = z.output<typeof storedNote>;
export type CriterionNote = z.output<typeof criterionNote>;
