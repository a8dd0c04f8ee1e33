import { describeError, type ApiErrorOutcome } from "@/lib/providers/api-error";
import { sniffImageFormat } from "@/lib/media/decode-image";
import { sniffVideoFormat } from "@/lib/media/video-format";
import type { MediaResponse } from "@/lib/providers/guarded-client";
import { isHtml } from "@/lib/providers/is-html";
import type { ModelEndpoint, GenerationOrder } from "@/lib/providers/outcome";
import { readError } from "@/lib/providers/outcomes";
import { FORMATS } from "@/lib/schemas/formats/formats";
import { makesVideo, type OrderTask } from "@/lib/schemas/formats/order-task";
import type { Form } from "@/lib/providers/formats/multipart";

/** What a provider calls a submitted order: ids and addresses, enough to poll and cancel it from another process. */
export type ProviderJob = Readonly<Record<string, string>>;

export interface Made {
  kind: "made";
  media: Buffer | { url: string };
  seedUsed?: number | null;
  revisedPrompt?: string | null;
  costUsd?: number | null;
  inferenceMs?: number | null;
}

export type FormatReply =
  | Made
  | { kind: "pending"; job: ProviderJob; afterMs: number }
  | ({ kind: "failed"; error: ApiErrorOutcome } & FailedAnswer);

/** The answer that a failure was read from; none: nothing was asked. */
interface FailedAnswer {
  status?: number;
  text?: string;
}

export interface FormatRequest {
  url: string;
  method?: "GET" | "POST" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  /** Sent as JSON, without the fields that the endpoint refuses. */
  json?: object;
  /** Sent as a form with files, without the fields that the endpoint refuses. */
  form?: Form;
}

/** One order of one endpoint, as a format sees it. */
export interface FormatCall {
  endpoint: ModelEndpoint;
  order: GenerationOrder<OrderTask>;
  task: OrderTask;
  width: number;
  height: number;
  /** Ask something. The key goes along to the endpoint's own origin and to the format's own hosts, never elsewhere. */
  send(request: FormatRequest): Promise<MediaResponse>;
}

/** How an order is submitted, asked after and taken back. */
export interface Route {
  submit(call: FormatCall): Promise<FormatReply>;
  poll?(job: ProviderJob, call: FormatCall): Promise<FormatReply>;
  cancel?(job: ProviderJob, call: FormatCall): Promise<void>;
}

/**
 * A wire format. None of its functions throws for what an endpoint answers; the client's OutboundError passes through. Whether it is
 * asked for an edit shows in the order's sources.
 */
export interface WireFormat extends Route {
  /** Headers that carry the key. */
  auth(key: string, endpoint: ModelEndpoint): Record<string, string>;
  /** Further hosts of the vendor's that the key goes to; see isHostOf. */
  keyHosts?: readonly string[];
  /** Fields that requests can do without, where an endpoint refuses them. */
  optional?: readonly string[];
  /** How videos are asked for, where that is another way than images are. */
  video?: Route;
}

/** The way that a task goes in a format. */
export const routeOf = (format: WireFormat, task: OrderTask): Route =>
  makesVideo(task) ? (format.video ?? format) : format;

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** An answer without an output: what it says, or that it says nothing that the format knows. */
export function failedBy(
  answer: MediaResponse,
  { endpoint, task }: FormatCall,
  { failed = false, expected }: { failed?: boolean; expected?: string } = {},
): FormatReply {
  const error = readError({ ...answer, failed }, Date.now());
  const { status, text } = answer;
  if (error !== null) {
    return { kind: "failed", error: describeError({ status, failed }, error, endpoint.apiKey), status, text };
  }
  const noun = makesVideo(task) ? "video" : "image";
  return invalid(wrongShape(answer, FORMATS[endpoint.format].label, noun, expected), { status, text });
}

export const invalid = (message: string, answer: FailedAnswer = {}): FormatReply => ({
  kind: "failed",
  error: { kind: "invalid", message, retryAfterMs: null },
  ...answer,
});

function wrongShape(answer: MediaResponse, label: string, noun: string, expected?: string): string {
  if (isHtml(answer))
    return "The endpoint answered a web page (HTML) instead of JSON: give the base address of its API, which usually ends in /v1.";
  if (answer.json === undefined)
    return `The endpoint's answer is no JSON: it must speak the format ${label}.`;
  return `The endpoint's JSON has no ${noun}: the format ${label} has ${expected ?? `one`}.`;
}

export const isOk = ({ status }: { status: number }) => status >= 200 && status <= 299;

/**
 * What stands at a path of names and numbers, such as "data.0.url"; "*" is the first of a list or object for which the rest is there.
 * undefined: nothing does.
 */
export function at(value: unknown, path: string): unknown {
  if (path === "") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const [name, ...rest] = path.split(".");
  const fields = value as Record<string, unknown>;
  if (name !== "*") return Object.hasOwn(fields, name) ? at(fields[name], rest.join(".")) : undefined;
  for (const each of Object.values(fields)) {
    const found = at(each, rest.join("."));
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
}

/** The text at a path; null: none, or an empty one. */
export function textAt(value: unknown, path: string): string | null {
  const found = at(value, path);
  if (typeof found === "number" && Number.isFinite(found)) return String(found);
  return typeof found === "string" && found !== "" ? found : null;
}

export function numberAt(value: unknown, path: string): number | null {
  const found = at(value, path);
  return typeof found === "number" ? found : null;
}

/** An image or video as JSON holds it: an address, relative ones too, or base64, with "data:image/png;base64," before it or without. */
export function mediaIn(text: string, answer: MediaResponse): Buffer | { url: string } | null {
  if (/^(https?:\/\/|\/)/i.test(text) && text.length < 8_000 && !/^\/9j\//.test(text)) {
    return URL.canParse(text, answer.url) ? { url: new URL(text, answer.url).href } : null;
  }
  return answer.bytesOf(text);
}

/** An output whose address or base64 was found in an answer. */
export function madeOf(text: string, answer: MediaResponse, about: Partial<Made> = {}): FormatReply {
  const media = mediaIn(text, answer);
  return media === null ? invalid("The answer's url is no address.") : { kind: "made", media, ...about };
}

/** The image or video that an answer is, instead of JSON with one in it; null: it is neither. */
export function rawMedia({ bytes, headers }: MediaResponse): Buffer | null {
  if (bytes === null) return null;
  const isNamed = /^(image|video)\//i.test(headers["content-type"] ?? "");
  return isNamed || sniffImageFormat(bytes) !== null || sniffVideoFormat(bytes) !== null ? bytes : null;
}

/**
 * An address of the API: what people paste is taken as it is meant, with a slash at its end, the whole path, or the host alone.
 * @param prefix where the API lies when the host alone was given, such as "/v1"
 * @param path from there on, beginning with a slash
 */
export function apiUrl(baseUrl: string, prefix: string, path: string): string {
  const url = new URL(baseUrl);
  let base = url.pathname.replace(/\/+$/, "");
  if (base.endsWith(path)) base = base.slice(0, -path.length);
  url.pathname = `${base === "" ? prefix : base}${path}`;
  return url.href;
}

/** An address of another version of the API, beside the one that was given: "/v2/videos" of ".../v1". */
export function versionUrl(baseUrl: string, version: string, path: string): string {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, "").replace(/\/v\d+$/, "")}/${version}${path}`;
  return url.href;
}

/** The ratio of a list, such as "16:9", that a size has, to 2%; null: none. */
export function ratioOf({ width, height }: { width: number; height: number }, ratios: readonly string[]) {
  const off = (ratio: string) => {
    const [across, down] = ratio.split(":").map(Number);
    return Math.abs(Math.log(width / height / (across / down)));
  };
  const nearest = ratios.reduce((best, each) => (off(each) < off(best) ? each : best));
  return off(nearest) < 0.03 ? nearest : null;
}

/** The lines of a video that come nearest to a size, such as "720p", of those that a vendor has. */
export function linesOf({ width, height }: { width: number; height: number }, offered: readonly string[]) {
  const short = Math.min(width, height);
  const off = (lines: string) => Math.abs(Math.log(short / parseInt(lines)));
  return offered.reduce((best, each) => (off(each) < off(best) ? each : best));
}

/** That a size has none of the ratios that can be asked for. */
export const noRatio = ({ width, height, endpoint }: FormatCall, ratios: readonly string[]): FormatReply =>
  invalid(
    `${FORMATS[endpoint.format].label} draws in the ratios ${ratios.join(", ")}, and ${width}x${height} is none of them: submit the endpoint with another size.`,
  );

/** Fields of a request without those that have nothing to say. */
export const saidFields = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
