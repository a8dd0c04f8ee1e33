import { Prisma } from "@/lib/db/generated/client";
import { isSetOf } from "@/lib/boards/board-prompts";
import { styleOfBoard } from "@/lib/boards/board-style";
import type { Tx } from "@/lib/db/client";
import type { Board, Judge } from "@/lib/db/generated/client";
import { toPairOutcome } from "@/lib/votes/vote-outcome";
import {
  accuracyWithoutTies,
  clusteredShare,
  cohensKappa,
  preference,
  type Figure,
} from "@/lib/rubrics/report/agreement";
import { DEFECTS, DEFECT_NAMES } from "@/lib/rubrics/report/canaries";
import { firstPlaceRate, orderFlipRate } from "@/lib/rubrics/report/order-flips";
import { judgeStanding } from "@/lib/rubrics/report/standing";
import { compareStyles } from "@/lib/rubrics/report/style-sensitivity";
import { readCallRecord } from "@/lib/judges/call-record";
import { pairRubric } from "@/lib/judges/pair-rubric";
import { readJudgedPairs, type JudgedPairRow, type JudgedPairs } from "@/lib/judges/read-judged-pairs";
import { findNewestSnapshot } from "@/lib/snapshots/find-snapshot";
import { readStyles } from "@/lib/scoring/read-styles";
import { kendallTau } from "@/lib/metrics/kendall-tau";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import { predictionPowered } from "@/lib/ratings/prediction-powered";
import type { JudgeReport } from "@/lib/schemas/judges/judge-report";

/** Fewer votes on pairs it judged say nothing of what a judge adds. */
const LEAST_LABELLED = 20;

/**
 * What a judge is worth on a board, from its verdicts on pairs, people's counted votes on the same images, and its canaries.
 * @returns null for a judge that does not judge the board's pairs
 */
export async function measureJudge(judge: Judge, board: Board, tx: Tx): Promise<JudgeReport | null> {
  const rubric = pairRubric(judge, board);
  if (rubric === null) return null;
  const pairs = await readJudgedPairs({ boardId: board.id, judgeId: judge.id, rubric }, tx);
  const all = [...pairs.labelled, ...pairs.judgeOnly];
  const orders = all.map(({ first, second, promptId }) => ({ first, second, prompt: promptId }));
  const votes = pairs.labelled.map(({ outcome, judge: share, promptId }) => ({
    outcome: toPairOutcome(outcome),
    judge: share,
    prompt: promptId,
  }));
  const canaries = await readCanaries(judge.id, rubric, board.id, tx);
  const calls = await readCallRecord(judge.id, tx);
  const measures = {
    accuracy: accuracyWithoutTies(votes),
    orderFlips: orderFlipRate(orders),
    failures: calls.failures,
    defectsSeen: canaries.defectsSeen,
    instructionsWin: canaries.instructionsWin,
  };
  return {
    board: { slug: board.slug, name: board.name },
    rubric,
    standing: judgeStanding(measures),
    ...measures,
    kappa: cohensKappa(votes),
    tau: await rankAgreement(board.id, all, tx),
    firstPlace: firstPlaceRate(orders),
    refusals: calls.refusals,
    costPerVerdictUsd: calls.costUsd,
    medianLatencyMs: calls.medianLatencyMs,
    byDefect: canaries.byDefect,
    style: await styleSensitivity(pairs.labelled, board, tx),
    worth: worthOf(pairs),
  };
}

/** A judge's verdict on a pair over both orders, as an outcome for model A. */
export const verdictOf = ({ modelA, modelB, judge }: JudgedPairRow) => ({
  a: modelA,
  b: modelB,
  outcome: preference(judge),
});

/** Its ranking of the models beside people's newest one. */
async function rankAgreement(
  boardId: string,
  rows: readonly JudgedPairRow[],
  tx: Tx,
): Promise<Figure | null> {
  const snapshot = await findNewestSnapshot(boardId, "", tx);
  if (snapshot === null || rows.length === 0) return null;
  const table = pairTable(countPairs(rows.map(verdictOf)));
  const { theta } = bradleyTerry(table);
  const people = new Map(
    snapshot.rows.flatMap((row) => (row.rank === null ? [] : [[row.modelId, row.rating] as const])),
  );
  const both = table.models.flatMap((id, i) =>
    people.has(id) ? [{ own: theta[i], people: people.get(id)! }] : [],
  );
  if (both.length < 3) return null;
  const found = kendallTau(
    both.map(({ own }) => own),
    both.map(({ people }) => people),
  );
  return found && { value: found.tau, low: found.low, high: found.high, n: found.n };
}

async function readCanaries(judgeId: string, rubric: string, boardId: string, tx: Tx) {
  const rows = await tx.$queryRaw<
    { kind: string; variant: string; sampleId: string; promptId: string; preference: number }[]
  >`
    select c.kind, c.variant, c.sample_id as "sampleId", s.prompt_id as "promptId", avg(c.preference) as preference
    from judge_canary_verdicts c
    join samples s on s.id = c.sample_id
    join prompts p on p.id = s.prompt_id
    join boards b on ${isSetOf(Prisma.sql`p.prompt_set_id`)}
    where c.judge_id = ${judgeId} and c.rubric = ${rubric} and b.id = ${boardId} and c.preference is not null
    group by c.kind, c.variant, c.sample_id, s.prompt_id
    having count(*) = 2
    order by c.kind, c.variant, c.sample_id`;
  const defects = rows.filter(({ kind }) => kind === "defect");
  // A judge that has no preference has not seen the defect.
  const seen = (of: typeof rows) =>
    clusteredShare(
      of.map((row) => ({ hit: preference(row.preference) === "b" ? 1 : 0, prompt: row.promptId })),
    );
  return {
    defectsSeen: seen(defects),
    byDefect: DEFECT_NAMES.map((defect) => ({
      defect,
      meaning: DEFECTS[defect],
      seen: seen(defects.filter(({ variant }) => variant === defect)),
    })),
    // Half a win where it has no preference: what must stay near one half is the mean.
    instructionsWin: clusteredShare(
      rows
        .filter(({ kind }) => kind === "instruction")
        .map((row) => ({ hit: { a: 1, tie: 0.5, b: 0 }[preference(row.preference)], prompt: row.promptId })),
    ),
  };
}

async function styleSensitivity(
  rows: JudgedPairs["labelled"],
  board: Board,
  tx: Tx,
): Promise<JudgeReport["style"]> {
  const { measureId, features } = styleOfBoard(board);
  const shown = [...new Set(rows.flatMap(({ sampleA, sampleB }) => [sampleA, sampleB]))];
  const { styles } = await readStyles(shown, measureId, tx);
  return compareStyles(
    rows.map((row) => ({
      left: row.modelA,
      right: row.modelB,
      people: toPairOutcome(row.outcome),
      judge: preference(row.judge),
      leftStyle: styles.get(row.sampleA) ?? {},
      rightStyle: styles.get(row.sampleB) ?? {},
    })),
    features,
  );
}

function worthOf({ labelled, judgeOnly }: JudgedPairs): JudgeReport["worth"] {
  if (labelled.length < LEAST_LABELLED || judgeOnly.length === 0) return null;
  const pair = ({ modelA: a, modelB: b, judge }: JudgedPairRow) => ({ a, b, judge });
  const { lambda, effectiveVotes, correlation } = predictionPowered(
    labelled.map((row) => ({ ...pair(row), outcome: toPairOutcome(row.outcome) })),
    judgeOnly.map(pair),
  );
  return { votes: labelled.length, judgeOnly: judgeOnly.length, lambda, effectiveVotes, correlation };
}
