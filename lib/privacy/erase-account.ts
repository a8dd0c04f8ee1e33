import type { Tx } from "@/lib/db/client";
import type { Person } from "@/lib/privacy/find-person";

/** Delete an account with its sessions and ways in, links that were sent to it, and the invitation that it came by. */
export async function eraseAccount({ id, email }: NonNullable<Person["user"]>, tx: Tx): Promise<void> {
  await tx.accountInvite.deleteMany({ where: { OR: [{ usedById: id }, { email }] } });
  // Links by e-mail are kept under the hash of their token, with whom they are for.
  await tx.$executeRaw`
    delete from verifications where position(${email} in lower(value)) > 0 or position(${id} in value) > 0`;
  await tx.user.delete({ where: { id } });
}
