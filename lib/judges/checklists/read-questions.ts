import { z } from "zod";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { controls, type Asker } from "@/lib/models/visibility";
import { question } from "@/lib/rubrics/checklist";
import type { QuestionSetSummary, QuestionsView } from "@/lib/schemas/judges/judging";

/** Prompts on one page. */
const PAGE = 50;

/** All versions of all prompt sets' checklists, newest first. */
export async function listQuestionSets(tx: Tx = db()): Promise<QuestionSetSummary[]> {
  const rows = await tx.$queryRaw<
    (Omit<QuestionSetSummary, "reviewedAt" | "createdAt"> & { reviewedAt: Date | null; createdAt: Date })[]
  >`
    select q.id, t.slug as "promptSet", q.version, coalesce(j.name, q.proposed_by) as "proposedBy",
      q.reviewed_at as "reviewedAt", q.reviewed_by as "reviewedBy", q.created_at as "createdAt",
      (select count(*)::int from prompts p where p.prompt_set_id = t.id) as prompts,
      count(c.prompt_id)::int as proposed, count(c.problem)::int as problems,
      coalesce(sum(jsonb_array_length(c.questions)), 0)::int as questions
    from question_sets q
    join prompt_sets t on t.id = q.prompt_set_id
    left join judges j on j.id = q.proposed_by
    left join checklists c on c.question_set_id = q.id
    group by q.id, t.id, j.name
    order by t.slug, q.version desc`;
  return rows.map((row) => ({
    ...row,
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }));
}

/**
 * One version's checklists, a page of prompts at a time, with those first that the proposer could not do.
 * @throws SalonError not_found
 */
export async function readQuestions(
  ask: { promptSet: string; version: number; page?: number; by: Asker },
  tx: Tx = db(),
): Promise<QuestionsView> {
  const page = Math.max(1, ask.page ?? 1);
  const summary = (await listQuestionSets(tx)).find(
    ({ promptSet, version }) => promptSet === ask.promptSet && version === ask.version,
  );
  if (summary === undefined) throw new SalonError("not_found", "There is no such version.");
  const rows = await tx.checklist.findMany({
    where: { questionSetId: summary.id },
    orderBy: [{ problem: { sort: "asc", nulls: "last" } }, { prompt: { index: "asc" } }],
    include: { prompt: { select: { index: true, text: true } } },
    skip: (page - 1) * PAGE,
    take: PAGE,
  });
  const { proposedBy } = await tx.questionSet.findUniqueOrThrow({ where: { id: summary.id } });
  const mayRead = proposedBy === "grammar" || controls(null, ask.by);
  return {
    summary,
    page,
    pages: Math.max(1, Math.ceil(summary.proposed / PAGE)),
    checklists: rows.map(({ prompt, questions, problem }) => ({
      index: prompt.index,
      prompt: prompt.text,
      questions: z.array(question).parse(questions),
      // A judge's failure is told in its endpoint's words.
      problem: problem === null || mayRead ? problem : "It could not be taken apart.",
    })),
  };
}
