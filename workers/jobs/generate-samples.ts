import { generateSamples } from "@/lib/runs/generate-samples";
import type { Handler } from "@/workers/context";

export const generateSamplesJob: Handler<"generate-samples"> = (payload, context) =>
  generateSamples(payload, context);
