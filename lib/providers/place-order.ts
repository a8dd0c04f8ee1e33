import { setTimeout as waitFor } from "node:timers/promises";
import { checkOutput, MAX_VIDEO_BYTES, maxReplyBytes } from "@/lib/providers/check-output";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import {
  routeOf,
  type FormatCall,
  type FormatReply,
  type Made,
  type ProviderJob,
  type WireFormat,
} from "@/lib/providers/formats/format";
import type { OrderRecord } from "@/lib/providers/order-record";
import { WIRE_FORMATS } from "@/lib/providers/formats/registry";
import { formatCall, ownHeaders, LeftOut } from "@/lib/providers/formats/send";
import { mindedField } from "@/lib/providers/minded-field";
import { isTransient, OutboundError } from "@/lib/providers/outbound-error";
import type { FailureKind, GenerationOrder, GenerationOutcome, ModelEndpoint } from "@/lib/providers/outcome";
import { redactReply, withoutKey } from "@/lib/providers/redact";
import { FORMATS, formatOfHost } from "@/lib/schemas/formats/formats";
import { makesVideo, type OrderTask } from "@/lib/schemas/formats/order-task";
import { requestFacts, taskProblem, taskProblemText } from "@/lib/schemas/formats/task-facts";

/** The provider has the order, and whoever asked has other things to do than to wait. */
export interface Unfinished {
  kind: "pending";
  /** When to ask after it. */
  afterMs: number;
}

const LONGEST_REVISED_PROMPT = 4_000;
/** Asking after an order is a small question. */
const POLL_DEADLINE_MS = 30_000;
/** A video is more to fetch than an image. */
const VIDEO_DEADLINE_MS = 120_000;
/** PostgreSQL's integers end here. */
const MAX_INT = 2 ** 31 - 1;
const DAY_MS = 24 * 3600 * 1000;
const MAX_COST_USD = 1_000;

export interface PlaceOrderOptions {
  record: OrderRecord;
  signal?: AbortSignal;
  /** When (performance.now()) the caller would rather come back than go on waiting; never unless told. */
  turnEnds?: number;
  /** Whether an image of another size than was asked for is an answer too. */
  anySize?: boolean;
  /** Waits between two questions; of the wall clock unless told. */
  wait?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
}

/**
 * Order one image or video: submit it, or ask after it where `record` knows that the provider has it, until it is there or never will
 * be. Never throws for what an endpoint does; the signal's reason is thrown when the caller aborts.
 */
export async function placeOrder<T extends OrderTask = "text-to-image">(
  endpoint: ModelEndpoint,
  order: GenerationOrder<T>,
  client: GuardedClient,
  options: PlaceOrderOptions,
): Promise<GenerationOutcome<T> | Unfinished>;
export async function placeOrder(
  endpoint: ModelEndpoint,
  order: GenerationOrder<OrderTask>,
  client: GuardedClient,
  { record, signal, turnEnds = Infinity, anySize = false, wait = pause }: PlaceOrderOptions,
): Promise<GenerationOutcome<OrderTask> | Unfinished> {
  const { task = "text-to-image", sources, mask } = order;
  const format = WIRE_FORMATS[endpoint.format];
  const facts = requestFacts(endpoint.format, task);
  const noun = makesVideo(task) ? "video" : "image";
  const started = performance.now();
  // Of an order that the provider has had for a while, the time it had counts.
  const before = Math.max(0, Date.now() - (record.job()?.submittedAt ?? Infinity));
  const elapsed = () => Math.round(before + performance.now() - started);
  // However long nobody asked after an order, it is asked after once more: what it made may be there.
  const left = () => (record.job() === null ? Math.max(1, endpoint.timeoutMs - elapsed()) : POLL_DEADLINE_MS);
  const maxBytes = maxReplyBytes(endpoint, order);
  let reply = "";
  const failed = (kind: FailureKind, message: string, retryAfterMs: number | null = null) =>
    ({
      kind,
      message: withoutKey(message, endpoint.apiKey),
      retryAfterMs,
      latencyMs: elapsed(),
      reply,
    }) satisfies GenerationOutcome;
  const heard = (text: string) => void (reply = redactReply(text, endpoint.apiKey));
  // An output of this very seed is wanted: one of another would pass for it.
  const leftOut = new LeftOut(endpoint.leftOut.filter((field) => field !== "seed" || !order.seedNeeded));
  const call = formatCall({
    ...{ format, endpoint, order, client, leftOut, deadlineMs: left, maxBytes, heard, signal },
  });
  const problem = taskProblem(endpoint.format, task, { sources: sources?.length ?? 0, mask: Boolean(mask) });
  if (problem !== null && record.job() === null)
    return { ...failed("invalid", taskProblemText(problem)), problem };
  if (order.seedNeeded && facts.seed === "none") {
    const { label } = FORMATS[endpoint.format];
    return failed("invalid", `The format ${label} has no field for a seed: leave the list of seeds out.`);
  }
  try {
    let answer = await askFirst(format, call, leftOut, record);
    while (answer.kind === "pending") {
      const { job, afterMs } = answer;
      if (performance.now() + afterMs > turnEnds) return { kind: "pending", afterMs };
      if (elapsed() + afterMs > endpoint.timeoutMs) {
        return failed(
          "timeout",
          `The endpoint took the prompt, and had no ${noun} of it within ${endpoint.timeoutMs / 1000} s.`,
        );
      }
      await wait(afterMs, signal);
      answer = await poll(format, job, call, record);
    }
    if (answer.kind === "failed") {
      const { kind, message, retryAfterMs } = answer.error;
      return failed(kind, message + hintOf(kind, endpoint), retryAfterMs);
    }
    const fetched = "url" in answer.media ? await fetchMedia(answer.media.url) : { bytes: answer.media };
    if (!("bytes" in fetched)) return failed(fetched.kind, fetched.message);
    const output = await checkOutput(fetched.bytes, endpoint, order, { anySize });
    if ("kind" in output) return failed(output.kind, output.message);
    const seedSent = leftOut.has("seed") || facts.seed === "none" ? null : order.seed;
    return { kind: "ok", ...output, seedSent, ...told(answer), latencyMs: elapsed(), reply };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (!(error instanceof OutboundError)) throw error;
    if (error.reason === "TIMEOUT") {
      // Asking after an order that the provider has costs nothing, and is no answer to it.
      if (record.job() !== null)
        return failed("transient", `The endpoint does not say how far the ${noun} is.`);
      return failed(
        "timeout",
        `The endpoint did not answer within ${endpoint.timeoutMs / 1000} s: make it faster, or let it take fewer requests at a time.`,
      );
    }
    const hint =
      error.reason === "TOO_LARGE" && noun === "image"
        ? ` An image of ${order.size} pixels needs less: submit the endpoint with the size it draws.`
        : "";
    return failed(isTransient(error) ? "transient" : "invalid", error.message + hint);
  }

  async function fetchMedia(
    url: string,
  ): Promise<{ bytes: Buffer } | { kind: FailureKind; message: string }> {
    const credentials = ownHeaders({ format, endpoint, order }, url);
    const isVideo = makesVideo(task);
    const response = await client.send({
      ...{ url, owner: endpoint.owner, credentials, signal },
      deadlineMs: isVideo ? VIDEO_DEADLINE_MS : left(),
      maxBytes: isVideo ? MAX_VIDEO_BYTES : maxBytes,
    });
    if (response.status === 200) return { bytes: response.body };
    const kind: FailureKind =
      response.status >= 500 ? "transient" : response.status === 429 ? "rate_limited" : "invalid";
    if (kind === "invalid" && record.job() !== null) await record.dropped("lost");
    return { kind, message: `The answer's url gives HTTP ${response.status} instead of ${article(noun)}.` };
  }
}

const pause = (ms: number, signal?: AbortSignal) => waitFor(ms, undefined, { signal });
const article = (noun: string) => (noun === "image" ? "an image" : "a video");

/** Submit, or go on where an earlier try left off. */
async function askFirst(
  format: WireFormat,
  call: FormatCall,
  leftOut: LeftOut,
  record: OrderRecord,
): Promise<FormatReply> {
  const known = record.job();
  if (known !== null && "imageUrl" in known.job) {
    const { imageUrl, costUsd } = known.job;
    return {
      kind: "made",
      media: { url: imageUrl },
      costUsd: costUsd === undefined ? null : Number(costUsd),
    };
  }
  if (known !== null) return poll(format, known.job, call, record);
  if (!(await record.begin())) {
    const message =
      "Two calls for this prompt ended without an answer, and each may have been charged: it is not asked a third time by itself.";
    return { kind: "failed", error: { kind: "timeout", message, retryAfterMs: null } };
  }
  const answer = await submit(format, call, leftOut).catch(async (error: unknown) => {
    // What did not come to an answer of its own was not done; only one that took too long may have been.
    if (error instanceof OutboundError && error.reason !== "TIMEOUT")
      await record.answered(error.reason === "TOO_LARGE" ? { usd: null } : null);
    throw error;
  });
  if (answer.kind === "pending") await record.submitted(answer.job);
  else if (answer.kind === "made") {
    const usd = costOf(answer);
    if ("url" in answer.media && !answer.media.url.startsWith("data:")) {
      const job = { imageUrl: answer.media.url, ...(usd !== null && { costUsd: String(usd) }) };
      await record.submitted(job, { usd });
    } else await record.answered({ usd });
  } else if (answer.error.kind !== "timeout") await record.answered(null);
  return answer;
}

/** Submit, and again without each optional field that the endpoint turns out to refuse. */
async function submit(format: WireFormat, call: FormatCall, leftOut: LeftOut): Promise<FormatReply> {
  for (;;) {
    const answer = await routeOf(format, call.task).submit(call);
    if (answer.kind !== "failed" || (answer.status !== 400 && answer.status !== 422)) return answer;
    const optional = (format.optional ?? []).filter(
      (field) => !leftOut.has(field) && (field !== "seed" || !call.order.seedNeeded),
    );
    const minded = mindedField(answer.text ?? "", optional);
    if (minded === null) return answer;
    leftOut.add(minded);
    await call.endpoint.learn(minded);
  }
}

async function poll(
  format: WireFormat,
  job: ProviderJob,
  call: FormatCall,
  record: OrderRecord,
): Promise<FormatReply> {
  const route = routeOf(format, call.task);
  if (route.poll === undefined) throw new Error("This format is not polled.");
  const answer = await route.poll(job, call);
  if (answer.kind === "made") await record.made({ usd: costOf(answer) });
  if (answer.kind !== "failed") return answer;
  // Being turned away is no word about the order: it stays with the provider.
  const isTurnedAway = answer.status !== undefined && (answer.status < 200 || answer.status > 299);
  if (answer.status === 404 || answer.status === 410) {
    await record.dropped("lost");
    const message = "The endpoint does not know the order any more that it took.";
    return { ...answer, error: { kind: "transient", message, retryAfterMs: null } };
  }
  if (!isTurnedAway || answer.error.kind === "refused") await record.dropped("ended");
  return answer;
}

/** Whether a call may cost whoever owns the endpoint money: one with a key may. */
export const isCharged = ({ owner, apiKey }: ModelEndpoint): boolean =>
  owner !== "bundled" && apiKey !== null;

const within = (value: number | null | undefined, most: number) =>
  typeof value === "number" && Math.abs(value) <= most ? value : null;

/** What the endpoint says that an output cost; null: nothing, or nothing that can be. */
function costOf({ costUsd }: Made): number | null {
  const cost = within(costUsd, MAX_COST_USD);
  return cost !== null && cost >= 0 ? cost : null;
}

/** What is beside an output does not spoil it: a seed, time or price that cannot be is taken as not told. */
function told(made: Made) {
  const { seedUsed, revisedPrompt, inferenceMs } = made;
  const seed = within(seedUsed, MAX_INT);
  const ms = within(inferenceMs, DAY_MS);
  return {
    seedUsed: seed !== null && Number.isInteger(seed) ? seed : null,
    revisedPrompt: revisedPrompt?.slice(0, LONGEST_REVISED_PROMPT) ?? null,
    costUsd: costOf(made),
    inferenceMs: ms !== null && ms > 0 ? Math.round(ms) : null,
  };
}

/** A host that is known to speak another format than the one it was asked in. */
function hintOf(kind: FailureKind, { baseUrl, format }: ModelEndpoint): string {
  const other = formatOfHost(baseUrl);
  if (kind !== "invalid" || other === null || other === format) return "";
  return ` ${new URL(baseUrl).hostname} speaks its own format: choose ${FORMATS[other].label}.`;
}
