import type { Via } from "@/lib/audit/actor";
import { hashAddress } from "@/lib/secrets/address-hash";

/**
 * What the audit log is to know of a request.
 * @param ask.address the network address; only its keyed hash is kept
 * @param now milliseconds since 1970
 */
export async function findVia(
  ask: { userId: string | null; tokenId: string | null; address: string | null },
  now: number,
): Promise<Via> {
  const { address, ...ids } = ask;
  return { ...ids, addressHash: (await hashAddress(address, now))?.address ?? null };
}
