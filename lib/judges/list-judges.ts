import { db, type Tx } from "@/lib/db/client";
import type { Judge, JudgeTask } from "@/lib/db/generated/client";
import { readRevisions } from "@/lib/edits/claim-edit";
import { submittedBy, type Asker } from "@/lib/models/visibility";
import { JUDGING_RUBRICS } from "@/lib/rubrics/registry";
import { rubricId, type RubricKind } from "@/lib/rubrics/rubric";
import { countCanaries } from "@/lib/judges/canaries/canary-trials";
import { countSamples } from "@/lib/judges/count-samples";
import { countPairs } from "@/lib/judges/judged-pairs";
import { controlsJudge, isPublicJudge, judgesSeenBy, withoutSecrets } from "@/lib/judges/judge-scope";
import { demotedFor } from "@/lib/judges/grading/demoted-for";
import { tasksInScope } from "@/lib/judges/tasks-in-scope";
import { storedJudgePause } from "@/lib/schemas/reasons/judge-pause";
import type { JudgeList, JudgeView } from "@/lib/schemas/judges/judging";

/** The judges that somebody may know of, as their page shows them, oldest first, and the rubrics there are to choose from. */
export async function listJudges(by: Asker, tx: Tx = db()): Promise<JudgeList> {
  const judges = await tx.judge.findMany({
    where: judgesSeenBy(by),
    orderBy: { createdAt: "asc" },
    include: { tasks: true },
  });
  const said = await readSaid(tx);
  const ids = judges.flatMap(({ tasks }) => tasks.map(({ id }) => id));
  const inScope = await tasksInScope(ids, tx);
  const revisionOf = await readRevisions("judge", judges.map(({ id }) => id), tx); // prettier-ignore
  const views = judges.map(async ({ tasks, ...judge }) => {
    const own = tasks.filter(({ id }) => inScope.has(id));
    const seen = await viewOf({ ...judge, tasks: own }, said.get(judge.id), by, tx);
    const view = { ...seen, revision: revisionOf(judge.id) };
    return controlsJudge(judge, by) ? view : withoutSecrets(view);
  });
  return {
    judges: await Promise.all(views),
    rubrics: rubricChoices(),
  };
}

/** The rubrics that a judge can be given. */
export const rubricChoices = (): JudgeList["rubrics"] =>
  JUDGING_RUBRICS.map((rubric) => ({
    id: rubricId(rubric),
    kind: rubric.kind as Exclude<RubricKind, "decompose">,
    sees: rubric.sees,
    title: rubric.title,
    description: rubric.description,
    source: rubric.source,
  }));

interface Said {
  verdicts: number;
  /** Questions settled, with a verdict or without, canaries among them; and those of the last minute. */
  settled: number;
  lastMinute: number;
  medianLatencyMs: number | null;
  usdPerVerdict: number | null;
  without: JudgeView["withoutVerdict"];
}

/** What each judge has said so far, of samples and of pairs together; its trials by canaries count as work alone. */
async function readSaid(tx: Tx): Promise<Map<string, Said>> {
  const rows = await tx.$queryRaw<
    (Omit<Said, "without"> & { judgeId: string; without: Said["without"] | null })[]
  >`
    with verdicts as (
      select call_id, no_verdict, message, created_at, false as canary from judge_sample_verdicts
      union all
      select call_id, no_verdict, message, created_at, false from judge_pair_verdicts
      union all
      select call_id, no_verdict, message, created_at, true from judge_canary_verdicts
    ), said as (
      select v.*, c.judge_id, c.latency_ms, c.cost_usd from verdicts v join judge_calls c on c.id = v.call_id
    )
    select judge_id as "judgeId", count(*) filter (where no_verdict is null and not canary)::int as verdicts,
      count(*)::int as settled,
      count(*) filter (where created_at > now() - interval '1 minute')::int as "lastMinute",
      percentile_cont(0.5) within group (order by latency_ms) filter (where not canary) as "medianLatencyMs",
      avg(cost_usd) filter (where no_verdict is null and not canary)::float8 as "usdPerVerdict",
      (
        select json_agg(json_build_object('reason', reason, 'count', n, 'example', example) order by n desc, reason)
        from (
          select no_verdict as reason, count(*)::int as n, coalesce(min(message), '') as example
          from said s
          where s.judge_id = said.judge_id and s.no_verdict is not null and not s.canary group by 1
        ) reasons
      ) as without
    from said group by judge_id`;
  return new Map(rows.map(({ judgeId, without, ...rest }) => [judgeId, { ...rest, without: without ?? [] }]));
}

async function viewOf(
  judge: Judge & { tasks: JudgeTask[] },
  said: Said | undefined,
  by: Asker,
  tx: Tx,
): Promise<Omit<JudgeView, "revision">> {
  // What a finished task was about has been settled: only the open ones are counted.
  const open = judge.tasks.filter(({ finishedAt }) => finishedAt === null);
  const counts = await Promise.all(
    open.map((task) =>
      task.canaries
        ? countCanaries(task, tx)
        : task.runId === null
          ? countPairs(task, tx)
          : countSamples(task, judge.promptsPerRun, tx),
    ),
  );
  const left = counts.reduce((sum, { total, done }) => sum + total - done, 0);
  const { settled = 0, lastMinute = 0 } = said ?? {};
  const pace = judge.state === "ACTIVE" && left > 0 && lastMinute > 0 ? lastMinute : null;
  const waits = open.flatMap(({ waitingUntil }) =>
    waitingUntil !== null && waitingUntil > new Date() ? [waitingUntil.toISOString()] : [],
  );
  const { state, rubrics, jsonSchema, logprobs, apiKeyLast4 } = judge;
  return {
    judgeId: judge.id,
    slug: judge.slug,
    name: judge.name,
    creator: judge.creator,
    providerModel: judge.providerModel,
    bundled: judge.bundled,
    own: by !== "operator" && controlsJudge(judge, by),
    submittedBy: submittedBy({ submitterId: judge.ownerId, bundled: judge.bundled }),
    admitted: isPublicJudge(judge),
    demotedFor: demotedFor(judge),
    pausedFor: storedJudgePause.nullable().parse(judge.stateReason),
    ...{ state, rubrics, jsonSchema, logprobs, apiKeyLast4 },
    budgetUsd: judge.budgetUsd?.toNumber() ?? null,
    spentUsd: judge.spentUsd.toNumber(),
    usdPerVerdict: said?.usdPerVerdict ?? null,
    promptsPerRun: judge.promptsPerRun,
    pairsPerBoard: judge.pairsPerBoard,
    concurrency: judge.concurrency,
    verdicts: said?.verdicts ?? 0,
    withoutVerdict: said?.without ?? [],
    medianLatencyMs: said?.medianLatencyMs ?? null,
    tasks: judge.tasks.length,
    finishedTasks: judge.tasks.length - open.length,
    total: settled + left,
    done: settled,
    perMinute: pace,
    etaSeconds: pace === null ? null : Math.round((left / pace) * 60),
    waitingUntil: judge.state === "ACTIVE" ? (waits.sort()[0] ?? null) : null,
  };
}
