import type { PricedModel } from "@/lib/schemas/leaderboard";

/** What quality is held against. */
export type CostKind = "price" | "latency";

export type ValuePoint = {
  model: string;
  name: string;
  rating: number;
  low: number;
  high: number;
  votes: number;
  provisional: boolean;
  /** US dollars for a thousand images, or milliseconds for one. */
  cost: number;
  /** No other model is at least as good and at least as cheap (or fast), and better in one of the two. */
  onFront: boolean;
};

/** What a model costs by either measure; null: not known. */
export function costOf(model: PricedModel, kind: CostKind): number | null {
  if (kind === "latency") return model.medianLatencyMs;
  return model.pricePerImageUsd === null ? null : model.pricePerImageUsd * 1000;
}

/** Rated models of known cost, cheapest first, those on the Pareto front marked. The front is of the estimates: intervals may reach across it. */
export function valuePoints(models: readonly PricedModel[], kind: CostKind): ValuePoint[] {
  const points = models.flatMap((row) => {
    const { model, name, rating, ratingLow: low, ratingHigh: high, votes, provisional } = row;
    const cost = costOf(row, kind);
    if (rating === null || low === null || high === null || cost === null) return [];
    return [{ model, name, rating, low, high, votes, provisional, cost }];
  });
  points.sort((a, b) => a.cost - b.cost || b.rating - a.rating);
  let best = -Infinity;
  let bestCost = -Infinity;
  return points.map((point) => {
    // Of equals in both all are on it.
    const onFront = point.rating > best || (point.rating === best && point.cost === bestCost);
    if (point.rating > best) [best, bestCost] = [point.rating, point.cost];
    return { ...point, onFront };
  });
}

/** The scale on which costs are told apart: prices span powers of ten, and some models are free. */
export function costScale(costs: readonly number[]): "linear" | "log" | "sqrt" {
  const positive = costs.filter((cost) => cost > 0);
  const isWide = positive.length > 1 && Math.max(...positive) / Math.min(...positive) >= 8;
  if (!isWide) return "linear";
  return positive.length < costs.length ? "sqrt" : "log";
}
