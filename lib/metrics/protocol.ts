import { createHash } from "node:crypto";
import { z } from "zod";
import { MetricError } from "@/lib/metrics/metric-error";

/**
 * Version of the code behind the numbers. Raise it when any metric's value could change for the same input;
 * scores of different versions are then no longer compared.
 */
export const METRIC_CODE_VERSION = "1";

/** Everything that two scores must share before they may be compared, as scores and examinations keep it. */
export const protocol = z.object({
  /** The metric and its fixed constants, such as "fd" or "kid/subsets=100x1000". */
  metric: z.string(),
  /** Encoder id, which carries the sha256 of its weights. */
  encoder: z.string(),
  /** Resize, scaling and value range in front of the encoder. */
  preprocessing: z.string(),
  /** Number of generated samples scored. */
  samples: z.number().int(),
  /** sha256 of the reference set's manifest. */
  reference: z.string(),
  /** sha256 of the prompts that the samples are limited to; absent when every sample of a run counts. */
  prompts: z.string().optional(),
  codeVersion: z.string().optional(),
});

export type Protocol = z.output<typeof protocol>;

/** A field in which two protocols differ, with what each says. */
export interface ProtocolDifference {
  field: keyof Protocol;
  first: string;
  second: string;
}

/** In what two protocols differ: why their scores are not compared. Empty when they may be. */
export function protocolDifferences(first: Protocol, second: Protocol): ProtocolDifference[] {
  const fields: (keyof Protocol)[] = [
    "metric",
    "encoder",
    "preprocessing",
    "samples",
    "reference",
    "prompts",
    "codeVersion",
  ];
  const textOf = (protocol: Protocol, field: keyof Protocol) =>
    String(protocol[field] ?? (field === "codeVersion" ? METRIC_CODE_VERSION : ""));
  return fields.flatMap((field) => {
    const [a, b] = [textOf(first, field), textOf(second, field)];
    return a === b ? [] : [{ field, first: a, second: b }];
  });
}

/** The same of two stored ones; empty where one of them is none. */
export function storedProtocolDifferences(first: unknown, second: unknown): ProtocolDifference[] {
  const [a, b] = [protocol.safeParse(first), protocol.safeParse(second)];
  return a.success && b.success ? protocolDifferences(a.data, b.data) : [];
}

/** Key of a protocol, the only thing scores are compared under: sha256 (hex) over its fields, each preceded by name and length. */
export function protocolKey(protocol: Protocol): string {
  const { metric, encoder, preprocessing, samples, reference, prompts } = protocol;
  const codeVersion = protocol.codeVersion ?? METRIC_CODE_VERSION;
  if (!Number.isInteger(samples) || samples < 1) {
    throw new MetricError("OPTION", `A protocol's number of samples is a positive integer, not ${samples}.`);
  }
  const hash = createHash("sha256");
  const fields = {
    metric,
    encoder,
    preprocessing,
    samples: String(samples),
    reference,
    ...(prompts !== undefined && { prompts }),
    codeVersion,
  };
  for (const [name, value] of Object.entries(fields)) hash.update(`${name}:${value.length}:${value}\n`);
  return hash.digest("hex");
}
