import { generateSamples } from "@/lib/evaluation/generate-samples";
import type { Handler } from "@/workers/context";

export const generateSamplesJob: Handler<"generate-samples"> = (payload, context) =>
  generateSamples(payload, context);
