import { z } from "zod";
import type { Shown } from "@/lib/rubrics/rubric";
import type { AnswerToken } from "@/lib/rubrics/token-probabilities";
import { readApiError, type ApiErrorOutcome } from "@/lib/providers/api-error";
import type { GuardedClient, JsonResponse } from "@/lib/providers/guarded-client";
import type { JsonLimits } from "@/lib/providers/json-reader";
import { mindedField } from "@/lib/providers/minded-field";
import { isHtml } from "@/lib/providers/is-html";
import { isTransient, OutboundError } from "@/lib/providers/outbound-error";
import type { EndpointAddress } from "@/lib/providers/outcome";
import { jsonWithoutKey, redactReply } from "@/lib/providers/redact";

/** Alternatives asked for in each token's place: the most that OpenAI and vLLM give. */
const ALTERNATIVES = 20;

/** How much an answer of so many tokens may be. */
function limitsOf({ maxTokens, logprobs }: ChatOrder): JsonLimits {
  // A token is rarely more than 16 bytes, even escaped; with its probability and bytes it is a hundred.
  const placed = logprobs ? maxTokens * (ALTERNATIVES + 1) : 0;
  return {
    maxBytes: 64 * 1024 + maxTokens * 32 + placed * 120,
    maxItems: Math.max(ALTERNATIVES + 1, logprobs ? maxTokens + 8 : 0),
    // Each has its text, its probability and some bytes.
    maxValues: 5_000 + placed * 8,
  };
}

/** What is put to a vision chat endpoint. */
export interface ChatOrder {
  system: string;
  user: string;
  /** What is shown, in this order. Two or more are named Picture A, Picture B, or Video A, Video B, and frames are numbered. */
  shown: readonly Shown[];
  /** The form of the answer, as JSON schema for strict mode; null: plain words. */
  schema: { name: string; schema: Record<string, unknown> } | null;
  maxTokens: number;
  logprobs: boolean;
}

/** How the form of an answer was asked for. */
export type FormMode = "json_schema" | "json_object" | "words";

export interface ChatUsage {
  inputTokens: number | null;
  outputTokens: number | null;
  /** What the endpoint says it charged (OpenRouter does). */
  costUsd: number | null;
}

/**
 * What became of a question, by what can be done about it; kinds as of GenerationOutcome. Whether the words of an `ok` answer
 * are the answer that was asked for is the reader's to say.
 */
export type ChatOutcome = { latencyMs: number; reply: string; usage: ChatUsage } & (
  | { kind: "ok"; text: string; tokens: AnswerToken[] | null; mode: FormMode }
  | { kind: "rate_limited"; message: string; retryAfterMs: number | null }
  | { kind: "refused" | "transient" | "timeout" | "invalid"; message: string }
);

/** What an answer may say of itself, and no more: a figure that cannot be is taken as not told. */
const count = z.number().int().min(0).max(2 ** 31 - 1).nullish().catch(null); // prettier-ignore
const MAX_COST_USD = 1_000;

const token = z.object({ token: z.string().max(1_000), logprob: z.number().max(0.01) });
const completion = z.object({
  choices: z.array(
    z.object({
      message: z.object({
        content: z
          .union([z.string(), z.array(z.object({ text: z.string().nullish() }))])
          .nullish()
          .transform((content) =>
            Array.isArray(content) ? content.map((part) => part.text ?? "").join("") : content,
          ),
        refusal: z.string().nullish(),
      }),
      finish_reason: z.string().nullish(),
      logprobs: z
        .object({ content: z.array(token.extend({ top_logprobs: z.array(token).default([]) })).nullish() })
        .nullish()
        .catch(null),
    }),
  ),
});
const usageOf = z.object({
  usage: z.object({
    prompt_tokens: count,
    completion_tokens: count,
    cost: z.number().min(0).max(MAX_COST_USD).nullish().catch(null),
  }),
});
const NO_USAGE: ChatUsage = { inputTokens: null, outputTokens: null, costUsd: null };

/** What an endpoint has been found to refuse, for the life of this process: fields, and forms of answers. */
interface Habits {
  unwanted: Set<OptionalField>;
  mode: FormMode;
}
const OPTIONAL_FIELDS = ["temperature", "top_logprobs", "logprobs", "max_tokens"] as const;
type OptionalField = (typeof OPTIONAL_FIELDS)[number];
const habits = new Map<string, Habits>();
const WEAKER: Record<FormMode, FormMode | null> = {
  json_schema: "json_object",
  json_object: "words",
  words: null,
};

/**
 * Put a question with images or videos to an OpenAI-compatible chat endpoint: POST {base}/chat/completions at temperature 0, the answer's
 * form by json_schema, else json_object, else by the words of the question alone, as far as the endpoint goes along.
 * Never throws for what an endpoint does; the signal's reason is thrown when the caller aborts.
 */
export async function askChat(
  endpoint: EndpointAddress,
  order: ChatOrder,
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<ChatOutcome> {
  const started = performance.now();
  let answer: JsonResponse | null = null;
  const about = () => ({
    latencyMs: Math.round(performance.now() - started),
    reply: redactReply(answer?.text ?? "", endpoint.apiKey),
    usage: readUsage(answer?.json),
  });
  try {
    const left = () => Math.max(1, Math.round(started + endpoint.timeoutMs - performance.now()));
    const { response: whole, mode } = await post(endpoint, order, client, left, signal);
    const response = { ...whole, json: jsonWithoutKey(whole.json, endpoint.apiKey) };
    answer = response;
    if (response.status < 200 || response.status > 299) {
      return { ...asChatError(readApiError(response, endpoint.apiKey)), ...about() };
    }
    const read = readCompletion(response, order, mode);
    // What it said is worth keeping, not the envelope around it.
    return read.kind === "ok"
      ? { ...about(), ...read, reply: redactReply(read.text, endpoint.apiKey) }
      : { ...about(), ...read };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (!(error instanceof OutboundError)) throw error;
    if (error.reason === "TIMEOUT") {
      const message = `The judge did not answer within ${endpoint.timeoutMs / 1000} s: let it take fewer requests at a time.`;
      return { kind: "timeout", message, ...about() };
    }
    const kind = isTransient(error) ? "transient" : "invalid";
    return { kind, message: error.message, ...about() };
  }
}

/** A judge without credit has to be paid for first; one that is still loading is asked again like one that broke down. */
function asChatError({ kind, message, retryAfterMs }: ApiErrorOutcome) {
  if (kind === "rate_limited") return { kind, message, retryAfterMs };
  if (kind === "out_of_credit") return { kind: "invalid" as const, message };
  return { kind: kind === "loading" ? ("transient" as const) : kind, message };
}

/** The address to post to, whether a base was given with or without /v1, or the whole path. */
export function chatUrl(baseUrl: string): string {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "");
  url.pathname = `${path === "" ? "/v1" : path}/chat/completions`;
  return url.href;
}

async function post(
  endpoint: EndpointAddress,
  order: ChatOrder,
  client: GuardedClient,
  left: () => number,
  signal?: AbortSignal,
): Promise<{ response: JsonResponse; mode: FormMode }> {
  const url = chatUrl(endpoint.baseUrl);
  const key = `${url} ${endpoint.providerModel}`;
  for (;;) {
    const known = habits.get(key) ?? { unwanted: new Set(), mode: "json_schema" };
    const response = await client.sendForJson(
      {
        url,
        owner: endpoint.owner,
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        credentials: endpoint.apiKey === null ? {} : { authorization: `Bearer ${endpoint.apiKey}` },
        body: JSON.stringify(bodyOf(endpoint.providerModel, order, known)),
        deadlineMs: left(),
        signal,
      },
      limitsOf(order),
    );
    const mode = order.schema === null ? "words" : known.mode;
    const learnt = [400, 422].includes(response.status) ? learn(response, order, known) : null;
    if (learnt === null) return { response, mode };
    habits.set(key, learnt);
  }
}

/** What a complaint teaches about an endpoint: a field to leave out, or a weaker form; null: nothing. */
function learn({ text }: JsonResponse, order: ChatOrder, known: Habits): Habits | null {
  const field = mindedField(
    text,
    OPTIONAL_FIELDS.filter((name) => !known.unwanted.has(name)),
  );
  if (field !== null) return { ...known, unwanted: new Set([...known.unwanted, field]) };
  const said = text.slice(0, 4_000);
  const weaker = WEAKER[known.mode];
  return order.schema !== null && weaker !== null && /response_format|json_schema|json_object/.test(said)
    ? { ...known, mode: weaker }
    : null;
}

/** What stands before a file of the request; a single image or video needs no name. */
function labelOf(name: string | null, { type, files }: Shown, frame: number): string | null {
  if (files.length === 1) return name === null ? null : `${type === "mp4" ? "Video" : "Picture"} ${name}:`;
  const numbered = `rame ${frame + 1} of ${files.length}:`;
  return name === null ? `F${numbered}` : `Video ${name}, f${numbered}`;
}

/** A file in a request: an image as OpenAI's API takes it, a video as vLLM, SGLang and others do, as a data URL. */
function partOf(type: Shown["type"], file: Buffer) {
  const data = file.toString("base64");
  return type === "png"
    ? { type: "image_url", image_url: { url: `data:image/png;base64,${data}` } }
    : { type: "video_url", video_url: { url: `data:video/mp4;base64,${data}` } };
}

function bodyOf(model: string, order: ChatOrder, { unwanted, mode }: Habits) {
  const samples = order.shown.flatMap((shown, sample) => {
    const name = order.shown.length > 1 ? String.fromCharCode(65 + sample) : null;
    return shown.files.flatMap((file, frame) => {
      const label = labelOf(name, shown, frame);
      return [...(label === null ? [] : [{ type: "text", text: label }]), partOf(shown.type, file)];
    });
  });
  const form =
    order.schema === null || mode === "words"
      ? {}
      : mode === "json_object"
        ? { response_format: { type: "json_object" } }
        : { response_format: { type: "json_schema", json_schema: { ...order.schema, strict: true } } };
  const optional: Record<string, unknown> = {
    temperature: 0,
    max_tokens: order.maxTokens,
    ...(order.logprobs ? { logprobs: true, top_logprobs: ALTERNATIVES } : {}),
  };
  for (const field of unwanted) delete optional[field];
  return {
    model,
    messages: [
      ...(order.system === "" ? [] : [{ role: "system", content: order.system }]),
      { role: "user", content: [...samples, { type: "text", text: order.user }] },
    ],
    ...optional,
    // OpenAI's newer models have another name for it.
    ...(unwanted.has("max_tokens") ? { max_completion_tokens: order.maxTokens } : {}),
    ...form,
  };
}

type Read =
  | { kind: "ok"; text: string; tokens: AnswerToken[] | null; mode: FormMode }
  | { kind: "refused" | "invalid"; message: string };

function readCompletion(response: JsonResponse, order: ChatOrder, mode: FormMode): Read {
  const invalid = (message: string): Read => ({ kind: "invalid", message });
  if (isHtml(response)) {
    return invalid(
      "The judge answered a web page (HTML) instead of JSON: give the base address of its API, which usually ends in /v1.",
    );
  }
  const { json } = response;
  if (json === undefined) {
    return invalid(
      "The judge's answer is no JSON: it must speak OpenAI's chat format ({choices: [{message}]}).",
    );
  }
  const parsed = completion.safeParse(json);
  if (!parsed.success)
    return invalid("The judge's JSON has no choices[0].message, as OpenAI's chat format does.");
  const [first] = parsed.data.choices;
  if (first === undefined) return invalid("The judge's list of choices is empty.");
  const { content, refusal } = first.message;
  if (refusal || first.finish_reason === "content_filter") {
    const said = refusal ? ` It says: ${refusal.slice(0, 300)}` : "";
    return { kind: "refused", message: `The judge refused to answer.${said}` };
  }
  if (!content) return invalid("The judge's answer has no words.");
  if (order.schema !== null && first.finish_reason === "length") {
    return invalid(`The answer was cut off after ${order.maxTokens} tokens.`);
  }
  const tokens = first.logprobs?.content?.map(({ top_logprobs: top, ...said }) => ({ ...said, top })) ?? null;
  // Whoever was told to be brief and is not, is not read to the end: mending half JSON takes time.
  return { kind: "ok", text: content.slice(0, 1_000 + order.maxTokens * 8), tokens, mode };
}

function readUsage(json: unknown): ChatUsage {
  const parsed = usageOf.safeParse(json);
  if (!parsed.success) return NO_USAGE;
  const { prompt_tokens: input, completion_tokens: output, cost } = parsed.data.usage;
  return { inputTokens: input ?? null, outputTokens: output ?? null, costUsd: cost ?? null };
}
