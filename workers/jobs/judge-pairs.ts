import { judgePairs } from "@/lib/judges/judge-pairs";
import type { Handler } from "@/workers/context";

export const judgePairsJob: Handler<"judge-pairs"> = (payload, context) => judgePairs(payload, context);
