import type { MediaResponse } from "@/lib/providers/guarded-client";
import {
  apiUrl,
  at,
  bearer,
  failedBy,
  mediaIn,
  invalid,
  isOk,
  noRatio,
  numberAt,
  rawMedia,
  ratioOf,
  saidFields,
  textAt,
  type Made,
  type FormatCall,
  type FormatReply,
  type WireFormat,
} from "@/lib/providers/formats/format";
import { FORMATS } from "@/lib/schemas/formats/formats";

/** In what a vendor's images format differs from OpenAI's. */
interface Dialect {
  /** Where the API lies when the host alone was given. */
  prefix?: string;
  path?: string;
  auth?: WireFormat["auth"];
  /** Fields that say the size; null: none can. */
  size?: (call: FormatCall) => object | null;
  /** The value of response_format that asks for base64; null: the field is not known. */
  base64?: string | null;
  /** Whether "n" is known. */
  n?: boolean;
  /** Fields that the vendor needs besides. */
  always?: object;
  /** US dollars that the answer says it cost. */
  cost?: (json: unknown) => number | null;
}

const IMAGES = "/images/generations";
const RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "2:1", "1:2"];
const ratioField = (call: FormatCall) => {
  const ratio = ratioOf(call, RATIOS);
  return ratio === null ? null : { aspect_ratio: ratio };
};

/**
 * OpenAI's images format, POST {base}/images/generations answered by b64_json or url, in a vendor's dialect of it. What a server
 * turns out to refuse is left out from then on.
 */
export const openAiImages = (dialect: Dialect = {}): WireFormat => ({
  auth: dialect.auth ?? bearer,
  // OpenAI's own format lacks a seed, and its newer models refuse response_format.
  optional: ["seed", "response_format", ...(dialect.size === undefined ? ["size"] : []), "n"],
  submit: (call) => submit(call, dialect),
});

async function submit(call: FormatCall, dialect: Dialect): Promise<FormatReply> {
  const { endpoint, order } = call;
  const { prefix = "/v1", path = IMAGES, base64 = "b64_json", n = true } = dialect;
  const size = dialect.size === undefined ? { size: order.size } : dialect.size(call);
  if (size === null) return noRatio(call, RATIOS);
  const names = FORMATS[endpoint.format];
  const parameters = [
    [names.steps, order.steps],
    [names.guidance, order.guidance],
    [names.negativePrompt, order.negativePrompt],
  ].filter(([name]) => name !== null);
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, prefix, path),
    json: saidFields({
      ...order.extraFields,
      ...dialect.always,
      model: endpoint.providerModel,
      prompt: order.prompt,
      ...(n && { n: 1 }),
      ...size,
      ...(names.seed !== "none" && { seed: order.seed }),
      ...(base64 !== null && { response_format: base64 }),
      ...(Object.fromEntries(parameters) as object),
    }),
  });
  return isOk(answer) ? read(answer, call, dialect) : failedBy(answer, call);
}

function read(answer: MediaResponse, call: FormatCall, { cost }: Dialect): FormatReply {
  const { json } = answer;
  const raw = rawMedia(answer);
  if (raw !== null) return { kind: "made", media: raw };
  const [base64, url] = [textAt(json, "data.0.b64_json"), textAt(json, "data.0.url")];
  if (base64 === null && url === null) {
    // xAI, and Google in this format, answer a prompt that they refuse with an empty list.
    if (Array.isArray(at(json, "data")) && call.endpoint.format === "xai") return refusal(answer);
    return failedBy(answer, call, { expected: "one in data[0].b64_json or data[0].url" });
  }
  if (at(json, "data.0.respect_moderation") === false) return refusal(answer);
  const image = mediaIn((base64 ?? url)!, answer);
  if (image === null || (base64 === null && image instanceof Buffer && !url!.startsWith("data:")))
    return invalid("The answer's url is no address.");
  return { kind: "made", media: image, ...about(json, cost) };
}

/** What Salon's own backend, OpenAI, OpenRouter and SGLang say beside the image. */
const about = (json: unknown, cost?: Dialect["cost"]): Omit<Made, "kind" | "media"> => ({
  seedUsed: numberAt(json, "salon.seeds.0") ?? numberAt(json, "data.0.seed"),
  revisedPrompt: textAt(json, "data.0.revised_prompt"),
  inferenceMs: numberAt(json, "salon.computeMs"),
  costUsd: cost?.(json) ?? numberAt(json, "usage.cost"),
});

const refusal = ({ status, text }: MediaResponse): FormatReply => ({
  kind: "failed",
  error: {
    kind: "refused",
    message: "The endpoint's moderation refused this prompt.",
    retryAfterMs: null,
  },
  status,
  text,
});

/** Its key has a header of its own; an address of a deployment, with its api-version, works as /openai/v1 does. */
export const AZURE_OPENAI = openAiImages({
  prefix: "/openai/v1",
  auth: (key) => ({ "api-key": key }),
  base64: null,
});
export const XAI = openAiImages({
  size: ratioField,
  cost: (json) => {
    const ticks = numberAt(json, "usage.cost_in_usd_ticks");
    return ticks === null ? null : ticks * 1e-10;
  },
});
export const TOGETHER = openAiImages({
  size: ({ width, height }) => ({ width, height }),
  base64: "base64",
});
export const OPENROUTER = openAiImages({
  prefix: "/api/v1",
  path: "/images",
  size: ratioField,
  base64: null,
});
export const SEEDREAM = openAiImages({ prefix: "/api/v3", n: false, always: { watermark: false } });
