import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";

/**
 * Give voters new ids that nobody has in a cookie, and that lead to nobody: fits need to know which votes came from one person, and
 * not from whom. The votes and battles follow by their keys. A voter without any goes altogether.
 */
export async function buryVoters(voterIds: readonly string[], tx: Tx): Promise<void> {
  for (const voterId of voterIds) {
    const nobody = newId("voter");
    await tx.$executeRaw`update voters set id = ${nobody}, merged_into_id = null where id = ${voterId}`;
    await tx.$executeRaw`update comparison_votes set voter_id = ${nobody} where voter_id = ${voterId}`;
    await tx.$executeRaw`
      update quarantines set group_key = ${nobody} where group_kind = 'VOTER' and group_key = ${voterId}`;
    await tx.$executeRaw`delete from quota_uses where holder = ${voterId}`;
    await tx.$executeRaw`delete from rate_limits where key like '%:voter:' || ${voterId}`;
    await tx.$executeRaw`
      delete from voters o where o.id = ${nobody}
        and not exists (select from battles b where b.voter_id = o.id)
        and not exists (select from votes v where v.voter_id = o.id)`;
  }
}
