import { comparePair } from "@/lib/diagnostics/compare-pair";
import type { Handler } from "@/workers/context";

export const comparePairJob: Handler<"compare-pair"> = (pair, { db, signal }) =>
  comparePair(pair, db, signal);
