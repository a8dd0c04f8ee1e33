import { inTransaction, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { newestRubric } from "@/lib/rubrics/registry";
import { toyboxQuestions } from "@/lib/rubrics/toybox-questions";
import { isTemporary } from "@/lib/rubrics/verdicts";
import { askJudge } from "@/lib/judges/ask-judge";
import type { JudgingContext } from "@/lib/judges/judge-chunk";
import { mayAsk } from "@/lib/judges/can-ask-judge";
import { isSpentToday, noteSpending } from "@/lib/judges/note-spending";
import { CAPPED_DELAY_MS } from "@/lib/judges/submitter-cap";
import { openJudge } from "@/lib/judges/open-judge";
import { pauseJudge } from "@/lib/judges/pause-judge";
import { enqueueProposal } from "@/lib/judges/checklists/start-proposal";
import { SealedKeyError, unreadable } from "@/lib/secrets/open-key";
import { captionTruthSchema } from "@/lib/schemas/stack/scene";

/** Prompts of one job: asked of a judge, and taken from the grammar. */
const CHUNK = { judge: 8, grammar: 500 };

/**
 * Have the next prompts of a question set taken apart, then queue the rest. What a proposer cannot do is said in its place. Doing
 * it twice changes nothing; a set that has been reviewed stays as it is.
 */
export async function proposeQuestions(questionSetId: string, context: JudgingContext): Promise<void> {
  const { db } = context;
  const set = await db.questionSet.findUnique({ where: { id: questionSetId } });
  if (set === null || set.reviewedAt !== null) return;
  const grammar = set.proposedBy === "grammar";
  const limit = grammar ? CHUNK.grammar : CHUNK.judge;
  const prompts = await db.prompt.findMany({
    where: { promptSetId: set.promptSetId, checklists: { none: { questionSetId } } },
    orderBy: { index: "asc" },
    take: limit,
    select: { id: true, text: true, truth: true },
  });
  const proposed = grammar
    ? await proposeByGrammar(questionSetId, prompts, db)
    : await proposeByJudge(questionSetId, set.proposedBy, prompts, context);
  if (proposed && prompts.length === limit) {
    await enqueueProposal(questionSetId, grammar ? null : set.proposedBy, db);
  }
}

type OpenPrompt = { id: string; text: string; truth: unknown };

/** Write down the checklists that the grammar gives; it never fails, so it is asked about all of them. */
export async function proposeByGrammar(
  questionSetId: string,
  prompts: readonly OpenPrompt[],
  tx: Tx,
): Promise<true> {
  await tx.checklist.createMany({
    data: prompts.map(({ id, truth }) => {
      const claims = captionTruthSchema.safeParse(truth);
      return claims.success
        ? { questionSetId, promptId: id, questions: toyboxQuestions(claims.data) }
        : { questionSetId, promptId: id, questions: [], problem: "It is not known what this prompt claims." };
    }),
    skipDuplicates: true,
  });
  return true;
}

/** @returns whether it was asked about all of them */
async function proposeByJudge(
  questionSetId: string,
  judgeId: string,
  prompts: OpenPrompt[],
  { db, client, signal, retriesLeft }: JudgingContext,
): Promise<boolean> {
  const judge = await db.judge.findUnique({ where: { id: judgeId } });
  if (judge === null) return false;
  const open = await openJudge(judge).catch(unreadable);
  if (open instanceof SealedKeyError) {
    await pauseJudge(judgeId, { code: "key_unreadable", said: open.message }, db);
    return false;
  }
  const rubric = newestRubric("decompose");
  for (const { id, text } of prompts) {
    if (!(await mayAsk(judgeId, db))) return false;
    if (await isSpentToday(judge, db)) {
      await enqueueProposal(questionSetId, judgeId, db, CAPPED_DELAY_MS);
      return false;
    }
    const { verdict, costUsd, retryAfterMs } = await askJudge(
      open,
      rubric,
      { subject: { prompt: text }, shown: [] },
      client,
      signal,
    );
    const failed = verdict.kind === "none" ? verdict : null;
    const temporary = failed !== null && isTemporary(failed.reason);
    await inTransaction(async (tx) => {
      await noteSpending(judge, costUsd, tx);
      if (temporary && (retryAfterMs !== null || retriesLeft)) return;
      const questions = verdict.kind === "questions" ? verdict.questions : [];
      await tx.checklist.createMany({
        data: [{ questionSetId, promptId: id, questions, problem: failed?.message ?? null }],
        skipDuplicates: true,
      });
    }, db);
    if (!temporary) continue;
    if (retryAfterMs !== null) {
      await enqueueProposal(questionSetId, judgeId, db, retryAfterMs);
      return false;
    }
    if (retriesLeft) throw new SalonError("endpoint_failed", failed.message, { retryable: true });
  }
  return true;
}
