import { db, type Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";

/** The voter of a cookie, or a fresh one. A signed cookie outlives a lost database: its voter is made again. */
export async function ensureVoter(
  voterId: string | null,
  tx: Tx = db(),
): Promise<{ voterId: string; isNew: boolean }> {
  const id = voterId ?? newId("voter");
  await tx.$executeRaw`insert into voters (id) values (${id}) on conflict (id) do nothing`;
  return { voterId: id, isNew: voterId === null };
}
