import { judgeCanaries } from "@/lib/judging/judge-canaries";
import type { Handler } from "@/workers/context";

export const judgeCanariesJob: Handler<"judge-canaries"> = (payload, context) =>
  judgeCanaries(payload, context);
