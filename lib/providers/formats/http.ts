import type { MediaResponse } from "@/lib/providers/guarded-client";
import {
  failedBy,
  mediaIn,
  invalid,
  isOk,
  numberAt,
  rawMedia,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
  type ProviderJob,
} from "@/lib/providers/formats/format";
import type { Form } from "@/lib/providers/formats/multipart";
import { filled, imagesOf, placeholderIn, unplacedImage, valuesOf } from "@/lib/providers/formats/template";
import type { ModelEndpoint } from "@/lib/providers/outcome";
import type { HttpTemplate } from "@/lib/schemas/formats/format-options";

/** Any HTTP API, by a template of its request and the places where its answer has what matters. */
export const HTTP: WireFormat = {
  auth: (key, endpoint) => {
    const own = Object.entries(optionsOf(endpoint).headers).filter(([, value]) =>
      value.includes("{{api_key}}"),
    );
    if (own.length === 0) return { authorization: `Bearer ${key}` };
    return Object.fromEntries(
      own.map(([name, value]) => [name.toLowerCase(), value.replaceAll("{{api_key}}", key)]),
    );
  },
  async submit(call) {
    const options = optionsOf(call.endpoint);
    const unplaced = unplacedImage(options.template, call);
    if (unplaced !== null) return invalid(`The template has no {{${unplaced}}} for the order's image.`);
    const body = filled(options.template, valuesOf(call)) as Record<string, string | number>;
    const asked = { url: call.endpoint.baseUrl, method: options.method, headers: headersOf(options) };
    if (options.method === "GET") {
      const url = new URL(asked.url);
      for (const [name, value] of Object.entries(body)) url.searchParams.set(name, String(value));
      return read(await call.send({ ...asked, url: url.href }), call, null);
    }
    const sent = options.body === "multipart" ? { form: formOf(body, call) } : { json: body };
    return read(await call.send({ ...asked, ...sent }), call, null);
  },
  async poll(job, call) {
    const headers = headersOf(optionsOf(call.endpoint));
    return read(await call.send({ url: job.pollUrl, method: "GET", headers }), call, job);
  },
};

const optionsOf = ({ options }: ModelEndpoint): HttpTemplate => {
  if (options === null || "workflow" in options) throw new Error("The endpoint has no template.");
  return options;
};

/** A template's fields, and its images as files where they stand alone. */
function formOf(body: Record<string, unknown>, call: FormatCall): Form {
  const { template } = optionsOf(call.endpoint);
  const images = imagesOf(call);
  const places = typeof template === "object" && template !== null ? Object.entries(template) : [];
  const files = places.flatMap(([name, place]) => {
    const placeholder = placeholderIn(place);
    const image = placeholder === null ? undefined : images[placeholder];
    return image === undefined ? [] : [{ ...image, name }];
  });
  const isFile = (name: string) => files.some((file) => file.name === name);
  return { fields: Object.fromEntries(Object.entries(body).filter(([name]) => !isFile(name))), files };
}

/** Those without the key, which goes where the key may go alone. */
const headersOf = ({ headers }: HttpTemplate) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => !value.includes("{{api_key}}")));

/** @param job null: of the answer to the order itself */
function read(answer: MediaResponse, call: FormatCall, job: ProviderJob | null): FormatReply {
  const options = optionsOf(call.endpoint);
  const { json } = answer;
  if (!isOk(answer)) return failedBy(withError(answer, options), call);
  const raw = rawMedia(answer);
  if (raw !== null) return { kind: "made", media: raw };
  const status = options.status === undefined ? null : textAt(json, options.status)?.toLowerCase();
  if (status && options.failed.some((word) => word.toLowerCase() === status))
    return failedBy(withError(answer, options), call, { failed: true });
  const found = options.image === undefined ? null : textAt(json, options.image);
  const isDone = !status || options.done.some((word) => word.toLowerCase() === status);
  if (found !== null && isDone) {
    const image = mediaIn(found, answer);
    if (image === null) return invalid(`What stands at ${options.image} is no address.`);
    const seedUsed = options.seed === undefined ? null : numberAt(json, options.seed);
    return { kind: "made", media: image, seedUsed };
  }
  const afterMs = options.pollSeconds * 1000;
  if (job !== null && !(status && isDone)) return { kind: "pending", job, afterMs };
  const pollUrl = job === null ? pollUrlOf(options, answer, call) : null;
  if (pollUrl !== null) return { kind: "pending", job: { pollUrl }, afterMs };
  return failedBy(withError(answer, options), call, {
    expected: options.image === undefined ? "it alone" : `one at ${options.image}`,
  });
}

/** Where an answer's task is polled; null: it has none. */
function pollUrlOf(options: HttpTemplate, answer: MediaResponse, call: FormatCall): string | null {
  if (options.pollUrl === undefined) return null;
  if (options.pollUrl.startsWith("$.")) {
    const given = textAt(answer.json, options.pollUrl.slice(2));
    return given !== null && URL.canParse(given, answer.url) ? new URL(given, answer.url).href : null;
  }
  const id = options.id === undefined ? null : textAt(answer.json, options.id);
  if (id === null) return null;
  const url = options.pollUrl.replaceAll("{{id}}", encodeURIComponent(id));
  return URL.canParse(url, call.endpoint.baseUrl) ? new URL(url, call.endpoint.baseUrl).href : null;
}

/** What the template says is the error is read as one, whatever its name. */
function withError(answer: MediaResponse, { error }: HttpTemplate): MediaResponse {
  const said = error === undefined ? null : textAt(answer.json, error);
  return said === null ? answer : { ...answer, json: { error: said, original: answer.json } };
}
