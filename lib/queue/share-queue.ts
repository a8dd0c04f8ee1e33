import { createHash } from "node:crypto";
import { holderName, type Holder } from "@/lib/queue/holder";

/**
 * A queue of a holder's own. Jobs of one queue run one after the other over all workers and machines, so with `share` queues a
 * holder never takes up more slots than that, however many jobs, endpoints and judges it has; and a caller that uses `width` of
 * them never has more requests open than that.
 * @param kind what is shared: "generate", "judge", ...
 * @param caller whose requests these are, such as an endpoint's id: it decides which of the queues are used, so that callers of
 *   one holder spread over all of them
 * @param options.turn 0, 1, ...: the caller's jobs go round its queues by this number
 */
export function shareQueue(
  kind: string,
  holder: Holder,
  caller: string,
  options: { turn: number; width: number; share: number },
): string {
  const { turn, width, share } = options;
  const start = createHash("sha256").update(caller).digest().readUInt32BE(0) % share;
  return `${kind}:${holderName(holder)}:${(start + (turn % Math.min(width, share))) % share}`;
}
