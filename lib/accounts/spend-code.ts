import { db, type Tx } from "@/lib/db/client";
import { signText } from "@/lib/secrets/sign";

/** Longer than any code of an app is valid: its own half minute, and one before and after for clocks that differ. */
const CODE_MS = 120_000;

/**
 * Use up a code that was right, so that whoever saw it being typed cannot use it again. What is kept of it is a keyed hash.
 * @param ask.now milliseconds since 1970
 * @returns false where the account has used it already
 */
export async function spendCode(
  { userId, code, now }: { userId: string; code: string; now: number },
  tx: Tx = db(),
): Promise<boolean> {
  const id = `used-code-${await signText("second-factor-code", `${userId} ${code}`)}`;
  await tx.verification.deleteMany({ where: { id, expiresAt: { lt: new Date(now) } } });
  const used = { id, identifier: id, value: "", expiresAt: new Date(now + CODE_MS) };
  const { count } = await tx.verification.createMany({ data: [used], skipDuplicates: true });
  return count === 1;
}
