import { z } from "zod";
import { countsLiveVotes, packCovariance, unpackCovariance } from "@/lib/snapshots/snapshot-details";
import { tieModel } from "@/lib/schemas/tie-model";
import type { CriterionFits } from "@/lib/ratings/multi-criterion";

/** CriterionSnapshot.details: what the fits were made from, exactly, and what they say of themselves. */
export const criterionDetails = z.object({
  /** Ids in the order of strengths and covariance: the board's models when the fit was made. */
  models: z.array(z.string()),
  /** In the order of strengths and covariance, "overall" first. */
  criteria: z.array(z.string()),
  /** The last rating event the fit saw; it saw every earlier one too. */
  lastEvent: z.coerce.bigint(),
  /** Events among those whose votes were not counted then. */
  exclusions: z.array(z.coerce.bigint()),
  countsLiveVotes,
  options: z.object({
    /** The board's model of ties; absent: half wins. */
    ties: tieModel.optional(),
    exclusions: z.array(z.object({ reason: z.string(), votes: z.number().int() })).optional(),
  }),
  /** One a criterion. */
  fits: z.array(
    z.object({
      votes: z.number().int(),
      /** Of each model. */
      games: z.array(z.number().int()),
      connected: z.boolean(),
      separated: z.boolean(),
      gradientNorm: z.number(),
    }),
  ),
});

export type CriterionDetails = z.output<typeof criterionDetails>;

/** The fits' numbers as a row keeps them; the covariance of d with c is that of c with d, transposed. */
export function packFits({ theta, covariance }: CriterionFits) {
  const join = (parts: Float64Array[]) => {
    const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return packCovariance(all);
  };
  return {
    strengths: join(theta),
    covariance: join(covariance.flatMap((row, c) => row.slice(c))),
  };
}

/** The fits of a stored row. */
export function unpackFits(
  stored: { strengths: Uint8Array; covariance: Uint8Array },
  { models, criteria }: Pick<CriterionDetails, "models" | "criteria">,
): Omit<CriterionFits, "fits"> {
  const n = models.length;
  const strengths = unpackCovariance(stored.strengths);
  const blocks = unpackCovariance(stored.covariance);
  const covariance = criteria.map((): Float64Array[] => []);
  let at = 0;
  criteria.forEach((_, c) => {
    for (let d = c; d < criteria.length; d++) {
      const block = blocks.subarray(at, (at += n * n));
      covariance[c][d] = block;
      if (d > c) covariance[d][c] = transposed(block, n);
    }
  });
  return {
    models,
    criteria,
    theta: criteria.map((_, c) => strengths.subarray(c * n, (c + 1) * n)),
    covariance,
  };
}

function transposed(matrix: Float64Array, n: number): Float64Array {
  return Float64Array.from(matrix, (_, at) => matrix[(at % n) * n + Math.floor(at / n)]);
}
