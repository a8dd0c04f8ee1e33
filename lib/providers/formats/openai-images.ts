import { randomInt } from "node:crypto";
import { transparentMask } from "@/lib/media/source-image";
import type { MediaResponse } from "@/lib/providers/guarded-client";
import {
  apiUrl,
  at,
  bearer,
  failedBy,
  invalid,
  isOk,
  madeOf,
  mediaIn,
  noRatio,
  numberAt,
  rawMedia,
  ratioOf,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type Made,
  type Route,
  type WireFormat,
} from "@/lib/providers/formats/format";
import type { FormFile } from "@/lib/providers/formats/multipart";
import { OPENAI_VIDEOS, openAiVideos } from "@/lib/providers/formats/openai-videos";
import { dataUrlOf } from "@/lib/providers/formats/sources";
import { OPENROUTER_VIDEO, SEEDANCE, TOGETHER_VIDEO, XAI_VIDEO } from "@/lib/providers/formats/vendor-videos";
import { MINIMAX_VIDEO } from "@/lib/providers/formats/minimax-video";
import { requestFacts } from "@/lib/schemas/formats/task-facts";

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
  /** Whether a request without a seed is drawn from the same one each time: then it gets one of ours. */
  drawsSeed?: boolean;
  /** How images to be edited are sent; a form with files unless told. */
  edits?: EditForm | EditFields;
  /** US dollars that the answer says it cost. */
  cost?: (json: unknown) => number | null;
  video?: Route;
}

/** In a form: the field of one image, that of several, and that of a mask, with what a mask is there. */
interface EditForm {
  one: string;
  several: string;
  mask: string;
  marks: "transparent" | "white";
}
/** In JSON, and by which path. */
interface EditFields {
  path: string;
  fields: (dataUrls: string[]) => object;
}

const IMAGES = "/images/generations";
const EDITS = "/images/edits";
const OPENAI_EDITS: EditForm = { one: "image", several: "image[]", mask: "mask", marks: "transparent" };
const RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "2:1", "1:2"];
const ratioField = (call: FormatCall) => {
  const ratio = ratioOf(call, RATIOS);
  return ratio === null ? null : { aspect_ratio: ratio };
};

/**
 * OpenAI's images format, POST {base}/images/generations answered by b64_json or url, and POST {base}/images/edits, in a vendor's
 * dialect of it. What a server turns out to refuse is left out from then on.
 */
export const openAiImages = (dialect: Dialect = {}): WireFormat => ({
  auth: dialect.auth ?? bearer,
  // OpenAI's own format lacks a seed, and its newer models refuse response_format.
  optional: ["seed", "response_format", ...(dialect.size === undefined ? ["size"] : []), "n"],
  submit: (call) => submit(call, dialect),
  video: dialect.video,
});

async function submit(call: FormatCall, dialect: Dialect): Promise<FormatReply> {
  const { endpoint, order } = call;
  const { prefix = "/v1", path = IMAGES, edits = OPENAI_EDITS } = dialect;
  const size = dialect.size === undefined ? { size: order.size } : dialect.size(call);
  if (size === null) return noRatio(call, RATIOS);
  const seed = order.seed ?? (dialect.drawsSeed ? randomInt(2 ** 31) : null);
  const fields = fieldsOf(call, dialect, size, seed);
  const sources = order.sources ?? [];
  const url = (to: string) => apiUrl(endpoint.baseUrl, prefix, to);
  const answer = await call.send(
    call.task !== "image-edit"
      ? { url: url(path), json: fields }
      : "path" in edits
        ? { url: url(edits.path), json: { ...fields, ...edits.fields(sources.map(dataUrlOf)) } }
        : { url: url(EDITS), form: { fields, files: await filesOf(call, edits) } },
  );
  if (!isOk(answer)) return failedBy(answer, call);
  const read = readImage(answer, call, dialect);
  return read.kind === "made" && dialect.drawsSeed ? { ...read, seedUsed: read.seedUsed ?? seed } : read;
}

function fieldsOf(call: FormatCall, dialect: Dialect, size: object, seed: number | null) {
  const { endpoint, order, task } = call;
  const { base64 = "b64_json", n = true } = dialect;
  const names = requestFacts(endpoint.format, task);
  const parameters = [
    [names.steps, order.steps],
    [names.guidance, order.guidance],
    [names.negativePrompt, order.negativePrompt],
  ].filter(([name]) => name !== null);
  return saidFields({
    ...order.extraFields,
    ...dialect.always,
    model: endpoint.providerModel,
    prompt: order.prompt,
    ...(n && { n: 1 }),
    ...size,
    ...(names.seed !== "none" && { seed }),
    ...(base64 !== null && { response_format: base64 }),
    ...(Object.fromEntries(parameters) as object),
  });
}

async function filesOf({ order }: FormatCall, edits: EditForm): Promise<FormFile[]> {
  const sources = order.sources ?? [];
  const name = sources.length === 1 ? edits.one : edits.several;
  const files = sources.map((source) => ({ ...source, name }));
  if (!order.mask) return files;
  const { bytes, mediaType } = order.mask;
  const mask =
    edits.marks === "white"
      ? { bytes, mediaType }
      : { bytes: await transparentMask(bytes), mediaType: "image/png" };
  return [...files, { ...mask, name: edits.mask }];
}

function readImage(answer: MediaResponse, call: FormatCall, { cost }: Dialect): FormatReply {
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
  const text = (base64 ?? url)!;
  if (base64 === null && mediaIn(text, answer) instanceof Buffer && !text.startsWith("data:"))
    return invalid("The answer's url is no address.");
  return madeOf(text, answer, about(json, cost));
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

const ticks = (json: unknown) => {
  const told = numberAt(json, "usage.cost_in_usd_ticks");
  return told === null ? null : told * 1e-10;
};

export const OPENAI = openAiImages({ video: OPENAI_VIDEOS });
/** Its key has a header of its own; an address of a deployment, with its api-version, works as /openai/v1 does. */
export const AZURE_OPENAI = openAiImages({
  prefix: "/openai/v1",
  auth: (key) => ({ "api-key": key }),
  base64: null,
});
export const XAI = openAiImages({
  size: ratioField,
  cost: ticks,
  edits: { path: EDITS, fields: ([url]) => ({ image: { url, type: "image_url" } }) },
  video: XAI_VIDEO,
});
export const TOGETHER = openAiImages({
  size: ({ width, height }) => ({ width, height }),
  base64: "base64",
  video: TOGETHER_VIDEO,
});
export const OPENROUTER = openAiImages({
  prefix: "/api/v1",
  path: "/images",
  size: ratioField,
  base64: null,
  video: OPENROUTER_VIDEO,
});
export const SEEDREAM = openAiImages({
  prefix: "/api/v3",
  n: false,
  always: { watermark: false },
  edits: { path: IMAGES, fields: (urls) => ({ image: urls.length === 1 ? urls[0] : urls }) },
  video: SEEDANCE,
});
export const VLLM_OMNI = openAiImages({
  edits: { one: "image", several: "image", mask: "mask_image", marks: "white" },
  video: openAiVideos({ form: "always" }),
});
/** Its own default for a seed is 1024, for every image. */
export const SGLANG = openAiImages({ drawsSeed: true, video: openAiVideos({ drawsSeed: true }) });
export const MINIMAX = openAiImages({ video: MINIMAX_VIDEO });
export const DASHSCOPE_OPENAI = openAiImages({ prefix: "/compatible-mode/v1" });
