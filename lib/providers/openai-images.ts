import { z } from "zod";
import { checkImage, type CheckedImage } from "@/lib/media/check-image";
import { ImageError } from "@/lib/media/decode-image";
import { readApiError } from "@/lib/providers/api-error";
import { mindedField } from "@/lib/providers/minded-field";
import type { GuardedClient, JsonResponse, OutboundRequest } from "@/lib/providers/guarded-client";
import { isTransient, OutboundError } from "@/lib/providers/outbound-error";
import type { EndpointAddress, GenerationOutcome, ImageOrder } from "@/lib/providers/outcome";
import type { ParameterFields } from "@/lib/providers/parameter-fields";
import { redactReply } from "@/lib/providers/redact";

/** Room for what stands around an image. */
const SPARE_BYTES = 64 * 1024;
const LONGEST_REVISED_PROMPT = 4_000;
/** PostgreSQL's integers end here. */
const MAX_INT = 2 ** 31 - 1;
const DAY_MS = 24 * 3600 * 1000;

/** What is beside an image does not spoil it: a seed or time that cannot be is taken as not told. */
const told = <T>(schema: z.ZodType<T>) => schema.nullish().catch(null);

const reply = z.object({
  data: z
    .array(
      z.object({
        b64_json: z.string().nullish(),
        url: z.string().nullish(),
        revised_prompt: told(z.string().transform((text) => text.slice(0, LONGEST_REVISED_PROMPT))),
      }),
    )
    .min(1),
  /** Salon's own backend says with which seed it drew and how long it took. */
  salon: told(
    z.object({
      seeds: told(z.array(told(z.number().int().min(-MAX_INT).max(MAX_INT)))),
      computeMs: told(z.number().min(0).max(DAY_MS)),
    }),
  ),
});

/** Most bytes of an answer with an image of a size: RGBA that does not compress, as base64. */
function maxReplyBytes(size: string): number {
  const [width, height] = size.split("x").map(Number);
  return Math.ceil(width * height * 4 * 1.4) + SPARE_BYTES;
}

/** Fields that OpenAI's own wire format lacks or its newer models refuse; left out for an endpoint that minds. */
const OPTIONAL_FIELDS = ["seed", "response_format"] as const;
type OptionalField = (typeof OPTIONAL_FIELDS)[number];

/** What the format calls the other parameters: as vLLM, SGLang and diffusers' servers do, since OpenAI has none of them. */
export const OPENAI_IMAGES_FIELDS = {
  steps: "num_inference_steps",
  guidance: "guidance_scale",
  negativePrompt: "negative_prompt",
} as const satisfies ParameterFields;

/** What each endpoint has been found to refuse, for the life of this process. */
const unwanted = new Map<string, Set<OptionalField>>();

/**
 * Order one image in OpenAI's wire format: POST {base}/images/generations, answered by b64_json or url.
 * Never throws for what an endpoint does; the signal's reason is thrown when the caller aborts.
 */
export async function orderOpenAiImage(
  endpoint: EndpointAddress,
  order: ImageOrder,
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<GenerationOutcome> {
  const started = performance.now();
  const deadline = started + endpoint.timeoutMs;
  const left = () => Math.max(1, Math.round(deadline - performance.now()));
  const elapsed = () => Math.round(performance.now() - started);
  const failed = (
    kind: "transient" | "timeout" | "invalid",
    message: string,
    text = "",
  ): GenerationOutcome => ({
    kind,
    message,
    latencyMs: elapsed(),
    reply: redactReply(text, endpoint.apiKey),
  });
  try {
    const { response, seedSent } = await post(endpoint, order, client, left, signal);
    const { text } = response;
    if (response.status < 200 || response.status > 299) {
      return {
        ...readApiError(response, endpoint.apiKey),
        latencyMs: elapsed(),
        reply: redactReply(text, endpoint.apiKey),
      };
    }
    const parsed = reply.safeParse(response.json);
    if (!parsed.success) return failed("invalid", describeWrongShape(response), text);
    const [first] = parsed.data.data;
    const fetchImage = (url: string) =>
      fetchBytes({ url, owner: endpoint.owner, deadlineMs: left(), signal }, order.size, client);
    const image = await readImage(first, response, fetchImage);
    if (typeof image === "string") return failed("invalid", image, text);
    if (`${image.width}x${image.height}` !== order.size) {
      return failed(
        "invalid",
        `The image has ${image.width}x${image.height} pixels, but ${order.size} was asked for: submit the endpoint with the size it draws.`,
        text,
      );
    }
    const { salon } = parsed.data;
    return {
      kind: "ok",
      image,
      seedSent,
      seedUsed: salon?.seeds?.[0] ?? null,
      revisedPrompt: first.revised_prompt ?? null,
      costUsd: null,
      inferenceMs: salon?.computeMs ? Math.round(salon.computeMs) : null,
      latencyMs: elapsed(),
      reply: redactReply(text, endpoint.apiKey),
    };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof ImageError)
      return failed("invalid", `The endpoint's answer is no usable sample: ${error.message}`);
    if (!(error instanceof OutboundError)) throw error;
    if (error.reason === "TIMEOUT") {
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
}

/**
 * The address to post to. What people paste is taken as it is meant: with or without /v1, a slash at the end,
 * or the whole path.
 */
export function imagesUrl(baseUrl: string): string {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/\/+$/, "").replace(/\/images\/generations$/, "");
  url.pathname = `${path === "" ? "/v1" : path}/images/generations`;
  return url.href;
}

async function post(
  endpoint: EndpointAddress,
  order: ImageOrder,
  client: GuardedClient,
  left: () => number,
  signal?: AbortSignal,
): Promise<{ response: JsonResponse; seedSent: number | null }> {
  const url = imagesUrl(endpoint.baseUrl);
  const key = `${url} ${endpoint.providerModel}`;
  const droppable = OPTIONAL_FIELDS.filter((field) => field !== "seed" || !order.seedNeeded);
  for (;;) {
    const refused = droppable.filter((field) => unwanted.get(key)?.has(field));
    const seedSent = refused.includes("seed") ? null : order.seed;
    const response = await client.sendForJson(
      {
        url,
        owner: endpoint.owner,
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        credentials: endpoint.apiKey === null ? {} : { authorization: `Bearer ${endpoint.apiKey}` },
        body: JSON.stringify(bodyOf(endpoint.providerModel, { ...order, seed: seedSent }, refused)),
        deadlineMs: left(),
        signal,
      },
      { maxBytes: maxReplyBytes(order.size), images: true },
    );
    const minded =
      response.status === 400 || response.status === 422 ? mindedField(response.text, droppable) : null;
    if (minded === null || refused.includes(minded)) return { response, seedSent };
    unwanted.set(key, new Set([...(unwanted.get(key) ?? []), minded]));
  }
}

function bodyOf(model: string, order: ImageOrder, refused: readonly OptionalField[]): object {
  const { seed, steps, guidance, negativePrompt } = order;
  const { steps: stepsField, guidance: guidanceField, negativePrompt: negativeField } = OPENAI_IMAGES_FIELDS;
  return {
    ...order.extraFields,
    model,
    prompt: order.prompt,
    n: 1,
    size: order.size,
    ...(seed !== null && { seed }),
    ...(!refused.includes("response_format") && { response_format: "b64_json" }),
    ...(typeof steps === "number" && { [stepsField]: steps }),
    ...(typeof guidance === "number" && { [guidanceField]: guidance }),
    ...(typeof negativePrompt === "string" && { [negativeField]: negativePrompt }),
  };
}

/** The image's bytes, read and checked; a sentence when there are none. */
async function readImage(
  item: { b64_json?: string | null; url?: string | null },
  response: JsonResponse,
  fetchImage: (url: string) => Promise<Buffer | string>,
): Promise<CheckedImage | string> {
  const { bytesOf, url: base } = response;
  if (item.b64_json) return checkImage(bytesOf(item.b64_json));
  if (!item.url) return "The answer has neither b64_json nor url in data[0].";
  if (item.url.startsWith("data:")) return checkImage(bytesOf(item.url));
  if (!URL.canParse(item.url, base)) return "The answer's url is no address.";
  const bytes = await fetchImage(new URL(item.url, base).href); // SGLang answers relative addresses
  return typeof bytes === "string" ? bytes : checkImage(bytes);
}

async function fetchBytes(
  request: OutboundRequest,
  size: string,
  client: GuardedClient,
): Promise<Buffer | string> {
  const response = await client.send({ ...request, maxBytes: maxReplyBytes(size) });
  if (response.status === 200) return response.body;
  const problem = `The answer's url gives HTTP ${response.status} instead of an image.`;
  if (response.status >= 500) throw new OutboundError("UNREACHABLE", problem);
  return problem;
}

function describeWrongShape(response: JsonResponse): string {
  if (isHtml(response)) {
    return "The endpoint answered a web page (HTML) instead of JSON: give the base address of its API, which usually ends in /v1.";
  }
  if (response.json === undefined) {
    return "The endpoint's answer is no JSON: it must speak OpenAI's images format ({data: [{b64_json}]}).";
  }
  return "The endpoint's JSON has no image in data[0].b64_json or data[0].url: it must speak OpenAI's images format.";
}

/** Whether an answer is a web page, which a wrong base address usually is. */
export function isHtml({ headers, text }: Pick<JsonResponse, "headers" | "text">): boolean {
  return /text\/html/i.test(headers["content-type"] ?? "") || /^\s*<(!doctype|html)/i.test(text);
}
