import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { exportPerson } from "@/lib/privacy/export-person";

/**
 * Everything that is somebody's own, for themselves.
 * @param ask.voterId of their account, or of the browser's visitor; null: somebody new
 * @param ask.now milliseconds since 1970
 * @throws SalonError not_found where nobody is known
 */
export function exportOwn(
  { voterId, now }: { voterId: string | null; now: number },
  tx: Tx = db(),
): Promise<AsyncGenerator<string>> {
  if (voterId === null) throw new SalonError("not_found", "There is nothing of yours here.");
  return exportPerson({ person: { voterId }, now }, tx);
}
