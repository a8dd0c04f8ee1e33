import { judgePairs } from "@/lib/judging/judge-pairs";
import type { Handler } from "@/workers/context";

export const judgePairsJob: Handler<"judge-pairs"> = (payload, context) => judgePairs(payload, context);
