import { judgeCanaries } from "@/lib/judges/judge-canaries";
import type { Handler } from "@/workers/context";

export const judgeCanariesJob: Handler<"judge-canaries"> = (payload, context) =>
  judgeCanaries(payload, context);
