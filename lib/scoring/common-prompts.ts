import type { Tx } from "@/lib/db/client";
import { hashOf } from "@/lib/runs/hash-of";
import type { PromptSubset } from "@/lib/scoring/score-run";

/** A run stands aside rather than take more than a tenth of the prompts away from the others. */
const KEPT_SHARE = 0.9;

/** The prompts of which a run has every sample, in their order. */
export interface Answered {
  runId: string;
  prompts: string[];
}

/**
 * The prompts on which runs can be compared at equal n: those that all of them have answered. Runs are taken in from the most
 * complete on, as long as nine tenths of the largest one's prompts remain; the others stand aside.
 * @returns null for fewer than two runs
 */
export function commonPrompts(runs: Answered[]): { runIds: string[]; prompts: string[] } | null {
  const ordered = [...runs].sort(
    (a, b) => b.prompts.length - a.prompts.length || (a.runId < b.runId ? -1 : 1),
  );
  if (ordered.length === 0) return null;
  const least = KEPT_SHARE * ordered[0].prompts.length;
  let { prompts } = ordered[0];
  const runIds = [ordered[0].runId];
  for (const run of ordered.slice(1)) {
    const answered = new Set(run.prompts);
    const left = prompts.filter((prompt) => answered.has(prompt));
    if (left.length < least || left.length === 0) continue;
    prompts = left;
    runIds.push(run.runId);
  }
  return runIds.length < 2 ? null : { runIds, prompts };
}

/** Prompts with the hash that names them, whatever their order. */
export function promptSubset(ids: string[]): PromptSubset {
  return { ids, hash: hashOf(["prompts", ...[...ids].sort()]) };
}

/** For each run the prompts of which it has every sample that it was asked for, in their order. */
export async function answeredPrompts(runIds: string[], tx: Tx): Promise<Answered[]> {
  const rows = await tx.$queryRaw<Answered[]>`
    select run_id as "runId", array_agg(prompt_id order by index) as prompts from (
      select s.run_id, s.prompt_id, p.index
      from samples s join prompts p on p.id = s.prompt_id join runs r on r.id = s.run_id
      where s.run_id = any (${runIds})
      group by s.run_id, s.prompt_id, p.index, r.samples_per_prompt
      having count(*) = r.samples_per_prompt
    ) complete group by run_id`;
  return runIds.map((runId) => rows.find((row) => row.runId === runId) ?? { runId, prompts: [] });
}
