import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";

/** Calls of a judge for verdicts that a test writes itself. @returns their ids */
export async function addCalls(judgeId: string, count: number, db: Db): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId("judgeCall"));
  const call = { judgeId, promptHash: "", reply: "", attempts: 1, latencyMs: 1 };
  await db.judgeCall.createMany({ data: ids.map((id) => ({ ...call, id })) });
  return ids;
}
