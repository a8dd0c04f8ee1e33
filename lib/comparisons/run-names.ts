import type { Tx } from "@/lib/db/client";
import { visibleTo } from "@/lib/models/visibility";

export type NamedRun = { runId: string; name: string; promptSet: string };

/**
 * A comparison's runs that its owner may see, in their order, each by a name of its own: the model's, with the run's label or, where that does not
 * tell them apart, its number.
 */
export async function namedRuns(comparison: { id: string; ownerId: string }, tx: Tx): Promise<NamedRun[]> {
  const rows = await tx.$queryRaw<
    { runId: string; model: string; label: string | null; promptSet: string }[]
  >`
    select r.id as "runId", m.name as model, r.label, t.name as "promptSet"
    from comparison_runs chosen
    join runs r on r.id = chosen.run_id join models m on m.id = r.model_id join prompt_sets t on t.id = r.prompt_set_id
    where chosen.comparison_id = ${comparison.id} and ${visibleTo(comparison.ownerId)}
    order by chosen.position`;
  const names = distinctNames(rows);
  return rows.map(({ runId, promptSet }, at) => ({ runId, name: names[at], promptSet }));
}

/** Names that tell runs apart: the model's alone where that does, else with the label, else numbered. */
export function distinctNames(runs: readonly { model: string; label: string | null }[]): string[] {
  const times = (names: readonly string[], name: string) => names.filter((other) => other === name).length;
  const models = runs.map(({ model }) => model);
  const labelled = runs.map(({ model, label }) =>
    times(models, model) > 1 && label !== null ? `${model}, ${label}` : model,
  );
  return labelled.map((name, at) =>
    times(labelled, name) > 1 ? `${name} (${times(labelled.slice(0, at), name) + 1})` : name,
  );
}
