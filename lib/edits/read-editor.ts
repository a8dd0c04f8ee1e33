import type { Actor } from "@/lib/audit/actor";
import type { Tx } from "@/lib/db/client";
import type { AuditActor } from "@/lib/db/generated/enums";
import type { Changed } from "@/lib/errors";

/**
 * Who edited something last, as far as who asks may know: that it was they themselves, or the operator, everybody; the name of
 * another account only who runs the site.
 */
export async function readEditor(
  edit: { actor: AuditActor | null; actorId: string | null },
  by: Actor,
  tx: Tx,
): Promise<Pick<Changed, "who" | "name">> {
  if (edit.actor === "OPERATOR") return { who: by === "operator" ? "you" : "operator", name: null };
  if (edit.actor === "SYSTEM") return { who: "salon", name: null };
  const [editor] = await tx.$queryRaw<{ voterId: string | null; name: string | null }[]>`
    select coalesce(u.voter_id, t.voter_id, v.id) as "voterId", coalesce(u.name, tu.name) as name
    from (select ${edit.actorId}::text as id) as asked
    left join users u on u.id = asked.id
    left join api_tokens t on t.id = asked.id
    left join users tu on tu.voter_id = t.voter_id
    left join voters v on v.id = asked.id`;
  if (typeof by !== "string" && by.voterId !== null && editor?.voterId === by.voterId)
    return { who: "you", name: null };
  const mayKnow = by === "operator" || (typeof by !== "string" && by.runsSite === true);
  return { who: "other", name: mayKnow ? (editor?.name ?? null) : null };
}
