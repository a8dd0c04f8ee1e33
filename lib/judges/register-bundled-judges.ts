import { z } from "zod";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import type { Judge } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { env } from "@/lib/env";
import { listBundled } from "@/lib/providers/list-bundled";
import { JUDGING_RUBRICS } from "@/lib/rubrics/registry";
import { rubricId } from "@/lib/rubrics/rubric";
import { resumeJudge } from "@/lib/judges/pause-judge";
import { probeAddress } from "@/lib/judges/probe-judge";
import { proposeByGrammar } from "@/lib/judges/checklists/propose-questions";
import { startJudging } from "@/lib/judges/start-judging";
import { newQuestionSet } from "@/lib/judges/checklists/start-proposal";
import type { GuardedClient } from "@/lib/providers/guarded-client";

const JUDGES = "/v1/chat/completions";
const BOARD = "text-to-image";
/** It answers in tens of milliseconds, one request after the other: more at a time would only wait. */
const CONCURRENCY = 1;
const PAIRS = 200;

const bundledJudge = z.object({
  id: z.string(),
  salon: z.object({ name: z.string(), creator: z.string() }),
});

/**
 * Bring the bundled backend's judges in by the path of every judge: probed, given the published runs. Known ones are left as
 * they are, but are asked what this release asks them, and one that stopped because the backend was away goes on. The bundled prompts get the checklists that their grammar
 * gives, which Salon ships as reviewed.
 * @throws SalonError not_ready (retryable) while the backend is not up
 */
export async function registerBundledJudges(
  { db, client }: { db: Db; client: GuardedClient },
  signal?: AbortSignal,
): Promise<void> {
  const promptsPerRun = env().BUNDLED_JUDGE_PROMPTS;
  if (promptsPerRun === 0) return;
  for (const each of await listBundled(JUDGES, client, signal)) {
    const { id: slug, salon } = bundledJudge.parse(each);
    const known = await db.judge.findUnique({ where: { slug } });
    if (known !== null) {
      if (known.bundled) await renew(known, promptsPerRun, db);
      continue;
    }
    const baseUrl = `${env().generationUrl}/v1`;
    const address = {
      owner: "bundled",
      baseUrl,
      providerModel: slug,
      apiKey: null,
      timeoutMs: 60_000,
    } as const;
    const { logprobs, jsonSchema } = await probeAddress(address, client, signal);
    await inTransaction(async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('salon:bundled-judges', 0))`;
      await tx.judge.createMany({
        data: [
          {
            id: newId("judge"),
            slug,
            name: salon.name,
            creator: salon.creator,
            baseUrl,
            providerModel: slug,
            rubrics: rubricsFor({ logprobs }),
            logprobs,
            jsonSchema,
            probedAt: new Date(),
            concurrency: CONCURRENCY,
            usdPerMillionInputTokens: 0,
            usdPerMillionOutputTokens: 0,
            promptsPerRun,
            pairsPerBoard: PAIRS,
            bundled: true,
          },
        ],
        skipDuplicates: true,
      });
      await shipQuestions(tx);
      await startJudging({}, tx);
    }, db);
  }
}

async function renew(judge: Judge, promptsPerRun: number, db: Db): Promise<void> {
  const rubrics = rubricsFor({ logprobs: judge.logprobs ?? false });
  await inTransaction(async (tx) => {
    await tx.judge.update({ where: { id: judge.id }, data: { promptsPerRun, rubrics } });
    if (rubrics.some((id) => !judge.rubrics.includes(id))) await startJudging({ judgeId: judge.id }, tx);
  }, db);
  if (judge.stateReason !== null) await resumeJudge(judge.id, db);
}

/**
 * What a bundled judge is asked: all of images, and pairs of videos, which it compares by their frames. It does not see what moves
 * nor read videos, and a score of videos without their motion would be none.
 */
const rubricsFor = ({ logprobs }: { logprobs: boolean }): string[] =>
  JUDGING_RUBRICS.filter(({ kind, sees }) => {
    if (sees === "image") return kind !== "vqascore" || logprobs;
    return sees === "frames" && kind === "pairwise";
  }).map(rubricId);

/** Version 1 of the bundled prompts' checklists: exact, because each prompt's truth is known. */
async function shipQuestions(tx: Tx): Promise<void> {
  const board = await tx.board.findUnique({ where: { slug: BOARD } });
  if (board === null) return;
  const { promptSetId } = board;
  if ((await tx.questionSet.count({ where: { promptSetId } })) > 0) return;
  const { id } = await newQuestionSet(promptSetId, "grammar", tx);
  await proposeByGrammar(id, await tx.prompt.findMany({ where: { promptSetId } }), tx);
  await tx.questionSet.update({ where: { id }, data: { reviewedAt: new Date(), reviewedBy: "Salon" } });
}
