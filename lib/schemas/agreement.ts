import type { Better } from "@/lib/schemas/metrics/metric-definition";

/** People's ratings beside everything that might stand in for them. */
export type AgreementView = {
  board: { slug: string; name: string };
  /** null: nothing has been voted on yet. */
  snapshot: { id: string; votes: number; createdAt: string } | null;
  /** Rated models, best first. */
  models: { slug: string; name: string; rating: number; low: number; high: number }[];
  proxies: ProxyView[];
};

export type ProxyView = {
  /** A metric's name, "price" or "latency". */
  id: string;
  /** null: an unknown metric, which orders nothing. */
  better: Better | null;
  /** Of the models that have it, under one protocol. */
  points: { model: string; value: number; low: number | null; high: number | null; n: number | null }[];
  /** Rated models left out: without a value, or with one under another protocol. */
  missing: { model: string; reason: "no value" | "another protocol" }[];
  /** Kendall's tau-b with people's ratings; null: fewer than three models, all alike, or no known direction. */
  tau: { tau: number; low: number; high: number; n: number } | null;
  /** The pairs of models that the proxy orders otherwise than people do, where people are surest. */
  misled: MisledView[];
};

export type MisledView = {
  /** People's choice and its image; the model the proxy puts first and its image: of one prompt. */
  better: string;
  worse: string;
  z: number;
  prompt: string | null;
  images: { better: string; worse: string } | null;
  /** Whether people chose between these two images; if not, they are of a prompt that is in no battle. */
  voted: boolean;
};
