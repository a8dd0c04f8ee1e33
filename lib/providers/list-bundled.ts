import { listServed } from "@/lib/providers/generation-backend";
import type { GuardedClient } from "@/lib/providers/guarded-client";

/**
 * What the bundled backend serves at a path.
 * @throws SalonError not_ready (retryable) while the backend is not up
 */
export async function listBundled(endpoint: string, client: GuardedClient, signal?: AbortSignal) {
  return (await listServed(client, signal)).filter(({ salon }) => salon.endpoint === endpoint);
}
