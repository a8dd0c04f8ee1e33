import { z } from "zod";
import { protocol } from "@/lib/metrics/protocol";
import { storedCaveat } from "@/lib/schemas/metrics/caveat";
import { storedFileRemark } from "@/lib/schemas/reasons/file-remark";

/** The forms in which a RunExamination keeps what was found. Samples are named by their ids. */

const value = z.object({
  key: z.string(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  standardError: z.number(),
});

export const storedMetrics = z.array(
  z.object({
    name: z.string(),
    title: z.string(),
    better: z.string(),
    values: z.array(value),
    caveat: storedCaveat.nullable(),
    problem: z.string().nullable(),
    n: z.number().int(),
    nReference: z.number().int().nullable(),
    protocol,
    protocolHash: z.string(),
  }),
);

export const storedCurve = z.object({
  points: z.array(z.object({ n: z.number().int(), distance: z.number() })),
  infinity: z.number(),
  standardError: z.number(),
  slope: z.number(),
});

const neighbour = z.object({ index: z.number().int(), distance: z.number() });
const looked = z.object({
  sampleId: z.string(),
  /** Realism score, or the memorisation check's ratio; null: a copy of a real image. */
  score: z.number().nullable(),
  neighbours: z.array(neighbour),
});
export const storedImages = z.object({
  most: z.array(looked),
  least: z.array(looked),
  closest: z.array(looked),
});

export const storedForensics = z.object({
  n: z.number().int(),
  badge: z.enum(["clean", "look", "bad"]),
  formats: z.record(z.string(), z.number().int()),
  resolutions: z.record(z.string(), z.number().int()),
  exactDuplicates: z.array(z.array(z.string())),
  nearDuplicates: z.array(z.array(z.string())),
  narrowRange: z.array(z.string()),
  /** By prompt: what arrived could not be read as an image. */
  corrupt: z.array(z.object({ name: z.string(), reason: z.string() })),
  remarks: z.array(storedFileRemark),
});

/** Older rows have units that took one of the two sets as fixed: until their runs are examined anew they are not paired. */
const influence = z
  .object({ unit: z.enum(["generated", "splits", "real", "both"]), values: z.array(z.number()) })
  .transform(({ unit, values }) =>
    unit === "real" || unit === "both" ? { unit: "splits" as const, values: [] } : { unit, values },
  );
export const storedInfluences = z.record(z.string(), influence);

export type StoredMetrics = z.output<typeof storedMetrics>;
export type StoredCurve = z.output<typeof storedCurve>;
export type StoredImages = z.output<typeof storedImages>;
export type StoredForensics = z.output<typeof storedForensics>;
