import { requireComparison } from "@/lib/comparisons/require-comparison";
import { namedRuns } from "@/lib/comparisons/run-names";
import { db, type Tx } from "@/lib/db/client";
import type { Comparison } from "@/lib/db/generated/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { signText } from "@/lib/secrets/sign";
import { tableFile, type Column, type TableFormat } from "@/lib/tables/table-file";

const PAGE = 5_000;
const WINNER = { LEFT: "model_a", RIGHT: "model_b", TIE: "tie", BOTH_BAD: "both_bad" } as const;

interface ExportedVote {
  model_a: string;
  model_b: string;
  winner: string;
  judge: string;
  tstamp: number;
  prompt: string;
  category: string;
  prompt_key: string;
  sample: number;
  run_a: string;
  run_b: string;
  decision_ms: number | null;
}

const COLUMNS: Column<ExportedVote>[] = [
  ...(["model_a", "model_b", "winner", "judge"] as const).map((name) => ({ name, type: "text" as const })),
  { name: "tstamp", type: "number" },
  ...(["prompt", "category", "prompt_key"] as const).map((name) => ({ name, type: "text" as const })),
  { name: "sample", type: "integer" },
  ...(["run_a", "run_b"] as const).map((name) => ({ name, type: "text" as const })),
  { name: "decision_ms", type: "integer" },
];

/**
 * A comparison's votes in the order in which they were handed out, in the layout of a board's log (export-votes.ts): model_a is the left side, voters
 * under the same pseudonyms. Runs by their names in the comparison, with their ids.
 * @throws SalonError not_found, before the first piece
 */
export async function exportComparison(
  ask: { comparisonId: string; voterId: string | null; format: TableFormat },
  tx: Tx = db(),
): Promise<AsyncGenerator<string | Uint8Array>> {
  const comparison = await requireComparison({ ...ask, to: "own" }, tx);
  return tableFile(ask.format, COLUMNS, readPages(comparison, tx));
}

async function* readPages(comparison: Comparison, tx: Tx): AsyncGenerator<ExportedVote[]> {
  const names = new Map((await namedRuns(comparison, tx)).map(({ runId, name }) => [runId, name]));
  for (let after = ""; ;) {
    const rows = await tx.$queryRaw<
      {
        id: string;
        left: string;
        right: string;
        outcome: VoteOutcome;
        voterId: string;
        votedAt: Date;
        decisionMs: number | null;
        text: string;
        category: string;
        key: string;
        index: number;
      }[]
    >`
      select v.id, case when v.first_is_left then v.first_run_id else v.second_run_id end as left,
        case when v.first_is_left then v.second_run_id else v.first_run_id end as right,
        v.outcome, v.voter_id as "voterId", v.voted_at as "votedAt", v.decision_ms as "decisionMs",
        p.text, p.category, p.key, v.index
      from comparison_votes v join prompts p on p.id = v.prompt_id
      where v.comparison_id = ${comparison.id} and v.outcome is not null and v.id > ${after}
      order by v.id limit ${PAGE}`;
    yield await Promise.all(
      rows.map(async (row): Promise<ExportedVote> => ({
        model_a: names.get(row.left) ?? "",
        model_b: names.get(row.right) ?? "",
        winner: WINNER[row.outcome],
        judge: await signText("voter-pseudonym", row.voterId),
        tstamp: Math.floor(row.votedAt.getTime() / 1000),
        prompt: row.text,
        category: row.category,
        prompt_key: row.key,
        sample: row.index,
        run_a: row.left,
        run_b: row.right,
        decision_ms: row.decisionMs,
      })),
    );
    if (rows.length < PAGE) return;
    after = rows[rows.length - 1].id;
  }
}
