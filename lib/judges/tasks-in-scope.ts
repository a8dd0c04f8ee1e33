import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { judges } from "@/lib/judges/judge-scope";

/**
 * SQL: whether the task in row t is work for the judge in row j now: of a run, if the judge looks at its model's pictures; of a
 * board, if it is a public judge. What is out of scope rests, and goes on when it is in scope again.
 */
export const IN_SCOPE = Prisma.sql`(case when t."runId" is null then j."ownerId" is null or j."admittedAt" is not null
  else exists (select from "Run" r join "Model" m on m.id = r."modelId" where r.id = t."runId" and ${judges("m")}) end)`;

/** Those of the tasks that are work for their judge now. */
export async function tasksInScope(taskIds: readonly string[], tx: Tx): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select t.id from "JudgeTask" t join "Judge" j on j.id = t."judgeId" where t.id = any (${taskIds}) and ${IN_SCOPE}`;
  return new Set(rows.map(({ id }) => id));
}
