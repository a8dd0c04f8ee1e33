import { judgeSamples } from "@/lib/judges/judge-samples";
import type { Handler } from "@/workers/context";

export const judgeSamplesJob: Handler<"judge-samples"> = (payload, context) => judgeSamples(payload, context);
