import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { judgeQueue } from "@/lib/queue/requests/request-judging";
import { enqueue } from "@/lib/queue/enqueue";

/** Who makes a prompt set's questions: the Toybox grammar, from the prompts' truth, or a judge, by its id. */
export type Proposer = "grammar" | { judgeId: string };

/**
 * Begin a new version of a prompt set's checklists: its row and the job that has them proposed.
 * @returns the version's id and number
 * @throws SalonError not_found; conflict when the grammar has nothing to go by
 */
export function startProposal(
  ask: { promptSetId: string; by: Proposer },
  tx?: Tx,
): Promise<{ id: string; version: number }> {
  return atomically(tx, async (tx) => {
    const { promptSetId, by } = ask;
    if (by === "grammar") {
      const known = await tx.$queryRaw<unknown[]>`
        select 1 from prompts where prompt_set_id = ${promptSetId} and truth is not null and truth -> 'kind' is null limit 1`;
      if (known.length === 0) {
        throw new SalonError(
          "conflict",
          "The grammar knows Toybox prompts only: have a judge propose the questions.",
        );
      }
    } else if ((await tx.judge.findUnique({ where: { id: by.judgeId } })) === null) {
      throw new SalonError("not_found", "There is no such judge.");
    }
    const set = await newQuestionSet(promptSetId, by === "grammar" ? "grammar" : by.judgeId, tx);
    await enqueueProposal(set.id, by === "grammar" ? null : by.judgeId, tx);
    return set;
  });
}

/** The row of the next version of a prompt set's checklists. */
export async function newQuestionSet(
  promptSetId: string,
  proposedBy: string,
  tx: Tx,
): Promise<{ id: string; version: number }> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`questions:${promptSetId}`}, 0))`;
  const newest = await tx.questionSet.findFirst({ where: { promptSetId }, orderBy: { version: "desc" } });
  const [id, version] = [newId("questionSet"), (newest?.version ?? 0) + 1];
  await tx.questionSet.create({ data: { id, promptSetId, version, proposedBy } });
  return { id, version };
}

/** A judge proposes in its first lane, so that it is never sent more than it takes. */
export async function enqueueProposal(
  questionSetId: string,
  judgeId: string | null,
  tx: Tx,
  delayMs = 0,
): Promise<void> {
  const judge = judgeId === null ? null : await tx.judge.findUnique({ where: { id: judgeId } });
  const queue = judge === null ? undefined : judgeQueue(judge, 0);
  return enqueue(
    "propose-questions",
    { questionSetId },
    { key: `${questionSetId}:propose`, queue, priority: 8, delayMs },
    tx,
  );
}
