import { db, type Tx } from "@/lib/db/client";
import { readRevision } from "@/lib/edits/claim-edit";
import { controls, type Asker } from "@/lib/models/visibility";
import { findPromptSet, maySeePromptSet, usesOf, versionsOf } from "@/lib/prompts/find-prompt-set";
import { summariesOf } from "@/lib/prompts/list-prompt-sets";
import type { PromptSetView } from "@/lib/schemas/prompt-sets";

const TAGS = 50;

/**
 * One version of a set, with the versions before and after it.
 * @throws SalonError not_found
 */
export async function readPromptSet(ask: { slug: string; by: Asker }, tx: Tx = db()): Promise<PromptSetView> {
  const { by } = ask;
  const set = await findPromptSet(ask, tx);
  const revision = await readRevision({ kind: "prompt set", id: set.id }, tx);
  const [summary] = await summariesOf([set], by, tx);
  const uses = await usesOf(set.id, tx);
  const [arena, tags, languages, versions] = await Promise.all([
    tx.prompt.count({ where: { promptSetId: set.id, arena: true } }),
    tx.$queryRaw<{ name: string; count: number }[]>`
      select tag as name, count(*)::int as count from prompts p cross join unnest(p.tags) as tag
      where p.prompt_set_id = ${set.id} group by tag order by count(*) desc, tag limit ${TAGS}`,
    tx.$queryRaw<{ name: string; count: number }[]>`
      select language as name, count(*)::int as count from prompts p
      where p.prompt_set_id = ${set.id} and language is not null
      group by language order by count(*) desc, language limit ${TAGS}`,
    readVersions(set.id, by, tx),
  ]);
  return {
    ...summary,
    ...uses,
    revision,
    arena,
    tags,
    languages,
    versions,
    canChange: controls(set.ownerId, by),
    changeable: uses.runs + uses.boards === 0 && set.archivedAt === null,
  };
}

/** All versions that the asker may see, the newest first, with how much of each is as it was. */
async function readVersions(promptSetId: string, by: Asker, tx: Tx): Promise<PromptSetView["versions"]> {
  const sets = await tx.promptSet.findMany({
    where: { id: { in: await versionsOf(promptSetId, tx) } },
    orderBy: { version: "desc" },
  });
  const seen = sets.filter((set) => maySeePromptSet(set, by));
  const counts = await tx.$queryRaw<{ id: string; prompts: number; kept: number }[]>`
    select s.id, count(p.id)::int as prompts, count(before.id)::int as kept
    from prompt_sets s
    left join prompts p on p.prompt_set_id = s.id
    left join prompts before on before.prompt_set_id = s.previous_id and before.key = p.key
      and before.content_hash = p.content_hash
    where s.id = any (${seen.map(({ id }) => id)})
    group by s.id`;
  const countsOf = new Map(counts.map(({ id, ...rest }) => [id, rest]));
  return seen.map(({ id, slug, version, createdAt }) => ({
    slug,
    version,
    createdAt: createdAt.toISOString(),
    ...(countsOf.get(id) ?? { prompts: 0, kept: 0 }),
  }));
}
