import { createHash } from "node:crypto";
import { MetricError } from "@/lib/metrics/metric-error";

/**
 * Version of the code behind the numbers. Raise it when any metric's value could change for the same input;
 * scores of different versions are then no longer compared.
 */
export const METRIC_CODE_VERSION = "1";

/** Everything that two scores must share before they may be compared. */
export interface Protocol {
  /** The metric and its fixed constants, such as "fd" or "kid/subsets=100x1000". */
  metric: string;
  /** Feature extractor id, which carries the sha256 of its weights. */
  encoder: string;
  /** Resize, scaling and value range in front of the encoder. */
  preprocessing: string;
  /** Number of generated samples scored. */
  samples: number;
  /** sha256 of the reference set's manifest. */
  reference: string;
  /** sha256 of the prompts that the samples are limited to; absent when every sample of a run counts. */
  prompts?: string;
  codeVersion?: string;
}

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

declare const protocolBrand: unique symbol;
/** sha256 (hex) of a {@link Protocol}; the only thing scores are compared under. */
export type ProtocolKey = string & { readonly [protocolBrand]: true };

/** Key of a protocol: sha256 over its fields, each preceded by name and length. */
export function protocolKey(protocol: Protocol): ProtocolKey {
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
  return hash.digest("hex") as ProtocolKey;
}

/** A metric's value under a protocol. The type parameter keeps scores of different protocols apart. */
export interface Score<K extends ProtocolKey = ProtocolKey> {
  readonly key: K;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

/** Two scores proven to share a protocol; only {@link requireSameProtocol} makes one. */
export interface ComparableScores {
  readonly first: Score;
  readonly second: Score;
  readonly [protocolBrand]: true;
}

/**
 * Proof that two scores may be compared.
 * @throws MetricError PROTOCOL naming both keys when they differ.
 */
export function requireSameProtocol(first: Score, second: Score): ComparableScores {
  if (first.key !== second.key) {
    throw new MetricError(
      "PROTOCOL",
      `Scores of different protocols are not compared (${first.key.slice(0, 12)} and ${second.key.slice(0, 12)}: encoder, preprocessing, number of samples, reference or metric version differ).`,
    );
  }
  return { first, second } as ComparableScores;
}

/** first - second, for scores of one protocol only. */
export function scoreDifference({ first, second }: ComparableScores): number {
  return first.value - second.value;
}
