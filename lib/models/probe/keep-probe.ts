import { db, type Tx } from "@/lib/db/client";
import type { Call } from "@/lib/models/changed-call";
import { callHash } from "@/lib/models/probe/call-hash";
import type { Probed } from "@/lib/models/probe/probe-endpoint";
import { capability, type Capability } from "@/lib/schemas/endpoints/capabilities";

/** How long a visitor's last test of an address is held against what they submit. */
export const PROBE_KEPT_MS = 86_400_000;

/** How somebody's last test of an address ended. */
export interface KeptProbe {
  /** What to change; null: it works. */
  failure: string | null;
  /** What was found, where it was called just as it is submitted now; null: it was another call. */
  capability: Capability | null;
}

/** Keep how a visitor's test ended, in place of their last one of the address. */
export async function keepProbe(
  { voterId, call, probed }: { voterId: string; call: Call; probed: Probed },
  tx: Tx = db(),
): Promise<void> {
  const { capability, failure } = probed;
  const found = { callHash: callHash(call), capability, failure, createdAt: new Date() };
  await tx.connectionProbe.upsert({
    where: { voterId_baseUrl: { voterId, baseUrl: call.baseUrl } },
    create: { voterId, baseUrl: call.baseUrl, ...found },
    update: found,
  });
}

/** How a visitor's last test of an address ended. @param now milliseconds since 1970 @returns null: there was none of late */
export async function findProbe(
  { voterId, call, now }: { voterId: string; call: Call; now: number },
  tx: Tx,
): Promise<KeptProbe | null> {
  const row = await tx.connectionProbe.findUnique({
    where: { voterId_baseUrl: { voterId, baseUrl: call.baseUrl } },
  });
  if (row === null || row.createdAt.getTime() < now - PROBE_KEPT_MS) return null;
  return {
    failure: row.failure,
    capability: row.callHash === callHash(call) ? capability.parse(row.capability) : null,
  };
}

/** Forget tests that are held against nobody any more. @param now milliseconds since 1970 */
export async function forgetProbes(now: number, tx: Tx = db()): Promise<number> {
  const { count } = await tx.connectionProbe.deleteMany({
    where: { createdAt: { lt: new Date(now - PROBE_KEPT_MS) } },
  });
  return count;
}
