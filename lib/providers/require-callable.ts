import { SalonError } from "@/lib/errors";
import { guardedClient, type GuardedClient } from "@/lib/providers/guarded-client";
import { OutboundError } from "@/lib/providers/outbound-error";

/**
 * Refuse at once what would not be called; where a name leads is checked again at each call.
 * @param options.field of the request, that holds the address
 * @throws SalonError invalid_request
 */
export async function requireCallable(
  endpointUrl: string,
  owner: "operator" | "visitor",
  { client = guardedClient(), field = "endpointUrl" }: { client?: GuardedClient; field?: string } = {},
): Promise<void> {
  try {
    await client.check(endpointUrl, owner);
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new SalonError("invalid_request", error.message, { field, cause: error });
  }
}
