import { Prisma } from "@/lib/db/generated/client";
import { visibleTo } from "@/lib/models/visibility";
import { MAY_BE_NAMED } from "@/lib/prompts/named-samples";
import { inBattles } from "@/lib/prompts/shown-states";

/** Whose samples of which comparison. */
export type Shown = { id: string; ownerId: string };

/**
 * SQL: `shown (id, run_id, position, prompt_id, index, artifact_hash)`, the samples of a comparison's runs that may be in it now. Its owner may see
 * their model, and name them: a listed model's samples of arena prompts are in no comparison, or its owner could look up by them who
 * made which side of a battle.
 */
export const shownSamples = ({ id, ownerId }: Shown): Prisma.Sql => Prisma.sql`
  shown as (
    select s.id, s.run_id, chosen.position, s.prompt_id, s.index, s.artifact_hash
    from comparison_runs chosen
    join samples s on s.run_id = chosen.run_id
    join prompts p on p.id = s.prompt_id
    join models m on m.id = s.model_id
    where chosen.comparison_id = ${id} and ${visibleTo(ownerId)} and ${MAY_BE_NAMED} and ${inBattles()}
  )`;

/** SQL: `cells (first, second, first_sample, second_sample, prompt_id, index)`: the pairs of samples that can be shown. */
export const shownPairs = (shown: Shown): Prisma.Sql => Prisma.sql`
  ${shownSamples(shown)}, cells as (
    select a.run_id as first, b.run_id as second, a.id as first_sample, b.id as second_sample, a.prompt_id, a.index
    from shown a join shown b on b.prompt_id = a.prompt_id and b.index = a.index and b.position > a.position
  )`;
