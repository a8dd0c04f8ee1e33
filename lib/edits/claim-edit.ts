import { actorColumns, type Actor } from "@/lib/audit/actor";
import type { Tx } from "@/lib/db/client";
import { readEditor } from "@/lib/edits/read-editor";
import { SalonError } from "@/lib/errors";

/** What people edit by reading it, changing something and sending that back. `site`: the settings of the site. */
export type EditedKind = "board" | "judge" | "model" | "prompt set" | "reference set" | "comparison" | "site";

export interface Edited {
  kind: EditedKind;
  id: string;
}

/**
 * Begin an edit: from here on until the transaction ends nobody else edits the thing. Stands before what the edit reads and writes.
 * @param ask.read the revision that the editor had read; left out: that of `by`, where the request said one, else whichever is newest
 * @returns the revision that the edit makes
 * @throws SalonError conflict, of field "version", when somebody edited the thing since that revision, with who and when
 */
export async function claimEdit(ask: { thing: Edited; by: Actor; read?: number }, tx: Tx): Promise<number> {
  const { kind, id } = ask.thing;
  const { actor, actorId } = actorColumns(ask.by);
  const read = ask.read ?? (typeof ask.by === "string" ? undefined : ask.by.read) ?? null;
  await tx.$executeRaw`
    insert into edits (kind, subject_id) values (${kind}, ${id}) on conflict (kind, subject_id) do nothing`;
  const [claimed] = await tx.$queryRaw<{ revision: number }[]>`
    update edits set revision = revision + 1, changed_at = clock_timestamp(),
      actor = ${actor}::audit_actor, actor_id = ${actorId}
    where kind = ${kind} and subject_id = ${id} and (${read}::int is null or revision = ${read}::int)
    returning revision`;
  if (claimed !== undefined) return claimed.revision;
  const now = await tx.edit.findUniqueOrThrow({ where: { kind_subjectId: { kind, subjectId: id } } });
  const changed = {
    revision: now.revision,
    at: now.changedAt?.toISOString() ?? null,
    ...(await readEditor(now, ask.by, tx)),
  };
  throw new SalonError("conflict", staleText(changed), { field: "version", changed });
}

/** The newest revision of a thing; 1: it was never edited. */
export async function readRevision({ kind, id }: Edited, tx: Tx): Promise<number> {
  const edit = await tx.edit.findUnique({ where: { kind_subjectId: { kind, subjectId: id } } });
  return edit?.revision ?? 1;
}

/** The same of many things of a kind, by id. */
export async function readRevisions(
  kind: EditedKind,
  ids: readonly string[],
  tx: Tx,
): Promise<(id: string) => number> {
  const edits = await tx.edit.findMany({ where: { kind, subjectId: { in: [...ids] } } });
  const found = new Map(edits.map(({ subjectId, revision }) => [subjectId, revision]));
  return (id) => found.get(id) ?? 1;
}

const WHO = {
  you: "You, elsewhere,",
  operator: "The operator",
  salon: "Salon itself",
  other: "Somebody else",
};

function staleText({ who, name, at }: { who: keyof typeof WHO; name: string | null; at: string | null }) {
  const when = at === null ? "" : ` at ${at.slice(0, 16).replace("T", " ")} UTC`;
  return `${name ?? WHO[who]} changed this${when}, after you had read it. Nothing was saved: read it again, and decide which values stand.`;
}
