import { z } from "zod";
import type { AnswerToken } from "@/lib/judge/token-probabilities";
import { readApiError } from "@/lib/providers/api-error";
import { OutboundError, type GuardedClient, type OutboundResponse } from "@/lib/providers/guarded-client";
import { mindedField } from "@/lib/providers/minded-field";
import { isHtml } from "@/lib/providers/openai-images";
import type { EndpointAddress } from "@/lib/providers/outcome";
import { redactReply } from "@/lib/providers/redact";

/** Log probabilities of 2,000 tokens with 20 alternatives each are below 4 MB. */
const MAX_REPLY_BYTES = 8_000_000;
/** Alternatives asked for in each token's place: the most that OpenAI and vLLM give. */
const ALTERNATIVES = 20;

/** What is put to a vision chat endpoint. */
export interface ChatOrder {
  system: string;
  user: string;
  /** PNG files, shown in this order. Two or more are named Picture A, Picture B, ... */
  pictures: readonly Buffer[];
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

const token = z.object({ token: z.string(), logprob: z.number() });
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
    prompt_tokens: z.number().nullish(),
    completion_tokens: z.number().nullish(),
    cost: z.number().nullish(),
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
 * Put a question with pictures to an OpenAI-compatible chat endpoint: POST {base}/chat/completions at temperature 0, the answer's
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
  let text = "";
  const about = () => ({
    latencyMs: Math.round(performance.now() - started),
    reply: redactReply(text, endpoint.apiKey),
    usage: readUsage(text),
  });
  try {
    const left = () => Math.max(1, Math.round(started + endpoint.timeoutMs - performance.now()));
    const { response, mode } = await post(endpoint, order, client, left, signal);
    text = response.body.toString("utf8");
    if (response.status < 200 || response.status > 299) {
      return { ...readApiError(response, endpoint.apiKey), ...about() };
    }
    const read = readCompletion(response, text, order, mode);
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
    const kind = error.reason === "UNREACHABLE" ? "transient" : "invalid";
    return { kind, message: error.message, ...about() };
  }
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
): Promise<{ response: OutboundResponse; mode: FormMode }> {
  const url = chatUrl(endpoint.baseUrl);
  const key = `${url} ${endpoint.providerModel}`;
  for (;;) {
    const known = habits.get(key) ?? { unwanted: new Set(), mode: "json_schema" };
    const response = await client.send({
      url,
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      credentials: endpoint.apiKey === null ? {} : { authorization: `Bearer ${endpoint.apiKey}` },
      body: JSON.stringify(bodyOf(endpoint.providerModel, order, known)),
      deadlineMs: left(),
      maxBytes: MAX_REPLY_BYTES,
      signal,
    });
    const mode = order.schema === null ? "words" : known.mode;
    const learnt = [400, 422].includes(response.status) ? learn(response, order, known) : null;
    if (learnt === null) return { response, mode };
    habits.set(key, learnt);
  }
}

/** What a complaint teaches about an endpoint: a field to leave out, or a weaker form; null: nothing. */
function learn({ body }: OutboundResponse, order: ChatOrder, known: Habits): Habits | null {
  const field = mindedField(
    body,
    OPTIONAL_FIELDS.filter((name) => !known.unwanted.has(name)),
  );
  if (field !== null) return { ...known, unwanted: new Set([...known.unwanted, field]) };
  const said = body.subarray(0, 4_000).toString("utf8");
  const weaker = WEAKER[known.mode];
  return order.schema !== null && weaker !== null && /response_format|json_schema|json_object/.test(said)
    ? { ...known, mode: weaker }
    : null;
}

function bodyOf(model: string, order: ChatOrder, { unwanted, mode }: Habits) {
  const named = order.pictures.length > 1;
  const pictures = order.pictures.flatMap((png, index) => [
    ...(named ? [{ type: "text", text: `Picture ${String.fromCharCode(65 + index)}:` }] : []),
    { type: "image_url", image_url: { url: `data:image/png;base64,${png.toString("base64")}` } },
  ]);
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
      { role: "user", content: [...pictures, { type: "text", text: order.user }] },
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

function readCompletion(response: OutboundResponse, text: string, order: ChatOrder, mode: FormMode): Read {
  const invalid = (message: string): Read => ({ kind: "invalid", message });
  if (isHtml(response, text)) {
    return invalid(
      "The judge answered a web page (HTML) instead of JSON: give the base address of its API, which usually ends in /v1.",
    );
  }
  const json = parseJson(text);
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
  return { kind: "ok", text: content, tokens, mode };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readUsage(text: string): ChatUsage {
  const parsed = usageOf.safeParse(parseJson(text));
  if (!parsed.success) return NO_USAGE;
  const { prompt_tokens: input, completion_tokens: output, cost } = parsed.data.usage;
  return { inputTokens: input ?? null, outputTokens: output ?? null, costUsd: cost ?? null };
}
