import type { Db } from "@/lib/db/client";
import type { UserRole } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { ensureVoter } from "@/lib/votes/ensure-voter";

/** An account of a role, with a voter of its own. Nobody has its password. */
export async function addAccount(db: Db, role: UserRole): Promise<{ userId: string; voterId: string }> {
  const userId = newId("user");
  const { voterId } = await ensureVoter(null, db);
  await db.user.create({ data: { id: userId, name: role, email: `${userId}@example.org`, role, voterId } });
  return { userId, voterId };
}
