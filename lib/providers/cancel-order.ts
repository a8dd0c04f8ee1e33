import { SPARE_BYTES } from "@/lib/providers/check-output";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { routeOf, type ProviderJob } from "@/lib/providers/formats/format";
import { WIRE_FORMATS } from "@/lib/providers/formats/registry";
import { formatCall, LeftOut } from "@/lib/providers/formats/send";
import { OutboundError } from "@/lib/providers/outbound-error";
import type { ModelEndpoint } from "@/lib/providers/outcome";
import type { OrderTask } from "@/lib/schemas/formats/order-task";

const CANCEL_DEADLINE_MS = 5_000;

/** Tell a provider that an order that it has is not wanted any more, where it can be told; what it answers changes nothing. */
export async function cancelOrder(
  endpoint: ModelEndpoint,
  { job, task }: { job: ProviderJob; task: OrderTask },
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<void> {
  const format = WIRE_FORMATS[endpoint.format];
  const call = formatCall({
    ...{ format, endpoint, client, signal, leftOut: new LeftOut([]), heard: () => {} },
    ...{ order: { task, prompt: "", size: "1x1", seed: null }, maxBytes: SPARE_BYTES },
    deadlineMs: () => CANCEL_DEADLINE_MS,
  });
  try {
    await routeOf(format, task).cancel?.(job, call);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (!(error instanceof OutboundError)) throw error;
  }
}
