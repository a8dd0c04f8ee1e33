import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { VISITORS_AN_ADDRESS } from "@/lib/queue/room";
import { noSampleRoomText } from "@/lib/schemas/reasons/failure-text";
import type { NoSampleRoom } from "@/lib/schemas/reasons/sample-room";

const GIB = 2 ** 30;

/**
 * Whether a submitter's models may keep more samples: all of their images together take up SAMPLE_GIB_PER_OWNER at most, and those
 * of all submitters of one network address three times as much. Bundled models and the operator's may take any room.
 * @param more bytes that would be added: the submitter's, and those of the network address
 * @returns null when they may; else the limit that they reach
 */
export async function noSampleRoom(
  { submitterId, addressHash }: { submitterId: string | null; addressHash: string | null },
  tx: Tx,
  more: { own: number; together: number } = { own: 0, together: 0 },
): Promise<NoSampleRoom | null> {
  if (submitterId === null) return null;
  const [{ own, together }] = await tx.$queryRaw<[{ own: number; together: number }]>`
    select coalesce(sum(a.bytes) filter (where m.submitter_id = ${submitterId}), 0)::float8 as own,
      coalesce(sum(a.bytes) filter (where m.address_hash = ${addressHash}), 0)::float8 as together
    from models m join samples s on s.model_id = m.id
      join artifacts a on a.sha256 = s.artifact_hash and a.erased_at is null
    where m.submitter_id = ${submitterId} or m.address_hash = ${addressHash}`;
  const limit = env().SAMPLE_GIB_PER_OWNER;
  if (own < limit * GIB && own + more.own > limit * GIB) {
    return { code: "upload_over_room", bytes: own, added: more.own, gib: limit };
  }
  if (own >= limit * GIB) return { code: "own_room_full", gib: limit };
  const most = limit * VISITORS_AN_ADDRESS;
  if (together < most * GIB && together + more.together <= most * GIB) return null;
  return { code: "network_room_full", gib: most };
}

/** The same for what is asked for now. @throws SalonError conflict, saying the limit and what to do */
export async function requireSampleRoom(...of: Parameters<typeof noSampleRoom>): Promise<void> {
  const full = await noSampleRoom(...of);
  if (full !== null) throw new SalonError("conflict", noSampleRoomText(full));
}
