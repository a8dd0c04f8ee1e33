import { setTimeout as wait } from "node:timers/promises";
import { checkImage, MAX_PIXELS } from "@/lib/media/check-image";
import { ImageError } from "@/lib/media/decode-image";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import type { Made, FormatCall, FormatReply, WireFormat, ProviderJob } from "@/lib/providers/formats/format";
import type { OrderRecord } from "@/lib/providers/order-record";
import { WIRE_FORMATS } from "@/lib/providers/formats/registry";
import { formatCall, ownHeaders, LeftOut } from "@/lib/providers/formats/send";
import { mindedField } from "@/lib/providers/minded-field";
import { isTransient, OutboundError } from "@/lib/providers/outbound-error";
import type { FailureKind, GenerationOutcome, ModelEndpoint, GenerationOrder } from "@/lib/providers/outcome";
import { redactReply, withoutKey } from "@/lib/providers/redact";
import { judgeSize, wrongSizeText } from "@/lib/providers/size-verdict";
import { FORMATS, formatOfHost } from "@/lib/schemas/formats/formats";

/** The provider has the order, and whoever asked has other things to do than to wait. */
export interface Unfinished {
  kind: "pending";
  /** When to ask after it. */
  afterMs: number;
}

/** Room for what stands around what was made. */
const SPARE_BYTES = 64 * 1024;
/** A size that is told as a ratio comes out larger or smaller than the one that was meant. */
const LARGEST_RATIO_PIXELS = 2_400 * 2_400;
const LONGEST_REVISED_PROMPT = 4_000;
/** Asking after an order is a small question. */
const POLL_DEADLINE_MS = 30_000;
const CANCEL_DEADLINE_MS = 5_000;
/** PostgreSQL's integers end here. */
const MAX_INT = 2 ** 31 - 1;
const DAY_MS = 24 * 3600 * 1000;
const MAX_COST_USD = 1_000;

/**
 * Order one image: submit it, or ask after it where `record` knows that the provider has it, until there is an image or none will be.
 * Never throws for what an endpoint does; the signal's reason is thrown when the caller aborts.
 * @param options.turnEnds when (performance.now()) the caller would rather come back than go on waiting; never unless told
 * @param options.anySize whether an image of another size than was asked for is an answer too
 */
export async function placeOrder(
  endpoint: ModelEndpoint,
  order: GenerationOrder,
  client: GuardedClient,
  {
    record,
    signal,
    turnEnds = Infinity,
    anySize = false,
  }: { record: OrderRecord; signal?: AbortSignal; turnEnds?: number; anySize?: boolean },
): Promise<GenerationOutcome | Unfinished> {
  const format = WIRE_FORMATS[endpoint.format];
  const started = performance.now();
  // Of an order that the provider has had for a while, the time it had counts.
  const before = Math.max(0, Date.now() - (record.job()?.submittedAt ?? Infinity));
  const elapsed = () => Math.round(before + performance.now() - started);
  // However long nobody asked after an order, it is asked after once more: its image may be there.
  const left = () => (record.job() === null ? Math.max(1, endpoint.timeoutMs - elapsed()) : POLL_DEADLINE_MS);
  const maxBytes = maxReplyBytes(endpoint, order.size);
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
  // An image of this very seed is wanted: one of another would pass for it.
  const leftOut = new LeftOut(endpoint.leftOut.filter((field) => field !== "seed" || !order.seedNeeded));
  const call = formatCall({
    ...{ format, endpoint, order, client, leftOut, deadlineMs: left, maxBytes, heard, signal },
  });
  if (order.seedNeeded && FORMATS[endpoint.format].seed === "none") {
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
          `The endpoint took the prompt, and had no image of it within ${endpoint.timeoutMs / 1000} s.`,
        );
      }
      await wait(afterMs, undefined, { signal });
      answer = await poll(format, job, call, record);
    }
    if (answer.kind === "failed") {
      const { kind, message, retryAfterMs } = answer.error;
      return failed(kind, message + hintOf(kind, endpoint), retryAfterMs);
    }
    const fetched = "url" in answer.media ? await fetchImage(answer.media.url) : { bytes: answer.media };
    if (!("bytes" in fetched)) return failed(fetched.kind, fetched.message);
    const image = await checkImage(fetched.bytes);
    const fits = anySize || judgeSize(FORMATS[endpoint.format].size, order.size, image) !== "other";
    if (!fits) return failed("invalid", wrongSizeText(order.size, image));
    const seedSent = leftOut.has("seed") || FORMATS[endpoint.format].seed === "none" ? null : order.seed;
    return { kind: "ok", image, seedSent, ...told(answer), latencyMs: elapsed(), reply };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof ImageError)
      return failed("invalid", `The endpoint's answer is no usable sample: ${error.message}`);
    if (!(error instanceof OutboundError)) throw error;
    if (error.reason === "TIMEOUT") {
      // Asking after an order that the provider has costs nothing, and is no answer to it.
      if (record.job() !== null)
        return failed("transient", "The endpoint does not say how far the image is.");
      return failed(
        "timeout",
        `The endpoint did not answer within ${endpoint.timeoutMs / 1000} s: make it faster, or let it take fewer requests at a time.`,
      );
    }
    const hint =
      error.reason === "TOO_LARGE"
        ? ` An image of ${order.size} pixels needs less: submit the endpoint with the size it draws.`
        : "";
    return failed(isTransient(error) ? "transient" : "invalid", error.message + hint);
  }

  async function fetchImage(
    url: string,
  ): Promise<{ bytes: Buffer } | { kind: FailureKind; message: string }> {
    const credentials = ownHeaders({ format, endpoint, order }, url);
    const response = await client.send({
      ...{ url, owner: endpoint.owner, credentials, deadlineMs: left(), signal, maxBytes },
    });
    if (response.status === 200) return { bytes: response.body };
    const kind: FailureKind =
      response.status >= 500 ? "transient" : response.status === 429 ? "rate_limited" : "invalid";
    if (kind === "invalid" && record.job() !== null) await record.dropped("lost");
    return { kind, message: `The answer's url gives HTTP ${response.status} instead of an image.` };
  }
}

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
    const answer = await format.submit(call);
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
  if (format.poll === undefined) throw new Error("This format is not polled.");
  const answer = await format.poll(job, call);
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

/** Tell a provider that an order that it has is not wanted any more, where it can be told; what it answers changes nothing. */
export async function cancelOrder(
  endpoint: ModelEndpoint,
  job: ProviderJob,
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<void> {
  const format = WIRE_FORMATS[endpoint.format];
  const call = formatCall({
    ...{ format, endpoint, client, signal, leftOut: new LeftOut([]), heard: () => {} },
    ...{ order: { prompt: "", size: "1x1", seed: null }, maxBytes: SPARE_BYTES },
    deadlineMs: () => CANCEL_DEADLINE_MS,
  });
  try {
    await format.cancel?.(job, call);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (!(error instanceof OutboundError)) throw error;
  }
}

/** Most bytes of an answer with an image: RGBA that does not compress, as base64. */
function maxReplyBytes({ format }: ModelEndpoint, size: string): number {
  const [width, height] = size.split("x").map(Number);
  const exact = FORMATS[format].size === "pixels" || FORMATS[format].size === "list";
  const pixels = exact
    ? width * height
    : Math.min(MAX_PIXELS, Math.max(2 * width * height, LARGEST_RATIO_PIXELS));
  return Math.ceil(pixels * 4 * 1.4) + SPARE_BYTES;
}

const within = (value: number | null | undefined, most: number) =>
  typeof value === "number" && Math.abs(value) <= most ? value : null;

/** What the endpoint says that an image cost; null: nothing, or nothing that can be. */
function costOf({ costUsd }: Made): number | null {
  const cost = within(costUsd, MAX_COST_USD);
  return cost !== null && cost >= 0 ? cost : null;
}

/** What is beside an image does not spoil it: a seed, time or price that cannot be is taken as not told. */
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
