import type { MediaResponse } from "@/lib/providers/guarded-client";
import {
  failedBy,
  isOk,
  madeOf,
  textAt,
  type FormatCall,
  type FormatReply,
  type Made,
  type ProviderJob,
} from "@/lib/providers/formats/format";

/** What most vendors have whose orders are asked after: an id for an order, and a status in some words with an address at its end. */
export interface Ticket {
  /** Where the id stands in the answer to an order, and the status in one to asking after it. */
  id: string;
  status: string;
  done: readonly string[];
  failed: readonly string[];
  /** Where the address, or base64, of the output stands; the first place that has something counts. */
  output: readonly string[];
  pollMs: number;
}

/** The answer to an order that the vendor has taken, or that it has not. */
export function taken(answer: MediaResponse, call: FormatCall, ticket: Ticket): FormatReply {
  const id = isOk(answer) ? textAt(answer.json, ticket.id) : null;
  if (id === null) return failedBy(answer, call, { expected: `an id in ${ticket.id}` });
  return { kind: "pending", job: { id }, afterMs: ticket.pollMs };
}

/** How far an order is. */
export function progress(
  answer: MediaResponse,
  call: FormatCall,
  job: ProviderJob,
  ticket: Ticket,
  about: Partial<Made> = {},
): FormatReply {
  const status = isOk(answer) ? textAt(answer.json, ticket.status) : null;
  if (status === null) return failedBy(answer, call, { expected: `a status in ${ticket.status}` });
  if (ticket.done.includes(status)) {
    const output = ticket.output.map((path) => textAt(answer.json, path)).find((found) => found !== null);
    if (output) return madeOf(output, answer, about);
    return failedBy(answer, call, { failed: true, expected: `one in ${ticket.output[0]}` });
  }
  if (ticket.failed.includes(status)) return failedBy(answer, call, { failed: true });
  return { kind: "pending", job, afterMs: ticket.pollMs };
}
