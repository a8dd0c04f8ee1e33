import { extractFeatures } from "@/lib/scoring/extract-features";
import type { Handler } from "@/workers/context";

export const extractFeaturesJob: Handler<"extract-features"> = ({ runId }, { db, signal }) =>
  extractFeatures(runId, db, signal);
