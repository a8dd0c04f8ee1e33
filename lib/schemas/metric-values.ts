import { z } from "zod";
import { storedCaveat } from "@/lib/schemas/metrics/caveat";

/** Scores as the API gives them: a value, its interval, its n and its protocol. */

export const metricValue = z.object({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.number().int(),
  protocol: z.string().describe("Protocol hash: only values with one hash may be compared."),
  caveat: storedCaveat.nullable(),
});

export const boardMetricValue = metricValue.extend({
  comparable: z
    .boolean()
    .describe("Whether it is of its column's protocol; if not, it is compared with nothing on this board."),
  commonPrompts: z
    .boolean()
    .describe("Whether it is limited to the prompts that the board's models have all answered."),
  soFar: z
    .boolean()
    .describe("Whether its run is still going on: over the prompts that it has answered first, n of them."),
});

const inWords = { caveat: z.string().nullable().describe("What a reader must know before comparing it.") };

/** The same as the API gives them. */
export const metricValueResponse = metricValue.extend(inWords);
export const boardMetricValueResponse = boardMetricValue.extend(inWords);

export const protocolDifference = z.object({ field: z.string(), first: z.string(), second: z.string() });

export const metricColumn = z.object({
  protocol: z.string().describe("Protocol hash of the values that are compared."),
  encoder: z.string(),
  preprocessing: z.string(),
  reference: z.string(),
  n: z.number().int().describe("Samples behind every value that is compared."),
  commonPrompts: z.boolean(),
  models: z.number().int().describe("Models that have a value."),
  comparable: z.number().int().describe("Of them, those of this protocol."),
  differences: z
    .array(protocolDifference)
    .describe("In what the first value of another protocol differs; empty when there is none."),
  elsewhere: z
    .array(
      z.object({
        board: z.object({ slug: z.string(), name: z.string() }),
        differences: z.array(protocolDifference),
      }),
    )
    .describe("Other boards whose column of the same name is of another protocol."),
});

export type MetricValue = z.output<typeof metricValue>;
export type BoardMetricValue = z.output<typeof boardMetricValue>;
export type MetricColumnView = z.output<typeof metricColumn>;
