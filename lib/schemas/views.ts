import type { LeaderboardRow, MetricValue, RunState } from "@/lib/schemas/api";

/** What the pages that have no public API route are given by their use cases. */

export type BoardView = { slug: string; name: string; description: string };

/** The front page: is anything alive, and what does it look like? */
export type HomeView = {
  boards: (BoardView & { votes: number; models: number })[];
  /** Best-rated first. */
  leaders: LeaderboardRow[];
  samples: { sampleId: string; url: string; prompt: string }[];
  votes: number;
  models: number;
  sampleCount: number;
};

export type ModelView = {
  id: string;
  slug: string;
  name: string;
  creator: string;
  description: string;
  bundled: boolean;
  listed: boolean;
  paradigm: string | null;
  architecture: string | null;
  representation: string | null;
  textConditioning: string | null;
  openWeights: boolean | null;
  released: string | null;
  pricePerImageUsd: number | null;
  board: BoardView;
  /** The model's row on its board; null before any vote. */
  row: LeaderboardRow | null;
  metrics: Record<string, MetricValue>;
  /** One arena sample a prompt. */
  samples: { sampleId: string; url: string; prompt: string; category: string; allCorrect: boolean | null }[];
  headToHead: {
    opponent: { slug: string; name: string };
    wins: number;
    losses: number;
    ties: number;
    bothBad: number;
    /** P(this model wins) by the fit; null where it cannot be said. */
    predicted: number | null;
  }[];
  /** Oldest first, one point a snapshot. */
  history: { createdAt: string; rating: number; low: number; high: number; votes: number }[];
  runs: RunSummary[];
};

export type RunSummary = {
  runId: string;
  model: { slug: string; name: string };
  state: RunState;
  total: number;
  done: number;
  createdAt: string;
  finishedAt: string | null;
};
