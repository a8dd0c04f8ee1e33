import { parseAllowList } from "@/lib/providers/address-rules";
import { createGuardedClient, type GuardedClient } from "@/lib/providers/guarded-client";

/** A client that reaches these places for whoever owns an endpoint. */
export function testClient(...places: string[]): GuardedClient {
  const policy = { allow: parseAllowList(places), refuse: () => null, advice: "" };
  return createGuardedClient({ bundled: policy, operator: policy, visitor: policy });
}
