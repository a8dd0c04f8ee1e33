import type { MediaResponse } from "@/lib/providers/guarded-client";
import {
  apiUrl,
  failedBy,
  isOk,
  noRatio,
  numberAt,
  ratioOf,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type ProviderJob,
  type WireFormat,
} from "@/lib/providers/formats/format";
import { base64Of, firstSource, secondsOf } from "@/lib/providers/formats/sources";

const POLL_MS = 1_000;
/** One credit in US dollars. */
const CREDIT_USD = 0.01;
const VIDEO_RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "21:9", "9:21"];

/** Black Forest Labs: orders are polled on a sibling host, and outputs lie at a CDN that needs no key. */
export const BFL: WireFormat = {
  auth: (key) => ({ "x-key": key }),
  keyHosts: ["*.bfl.ai"],
  optional: ["seed"],
  async submit(call) {
    const { endpoint, order, width, height } = call;
    const sources = (order.sources ?? []).map((source, at): [string, string] => [
      at === 0 ? "input_image" : `input_image_${at + 1}`,
      base64Of(source),
    ]);
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "/v1", `/${endpoint.providerModel}`),
      json: saidFields({
        output_format: "png",
        ...order.extraFields,
        prompt: order.prompt,
        ...Object.fromEntries(sources),
        ...{ width, height },
        seed: order.seed,
        steps: order.steps,
        guidance: order.guidance,
      }),
    });
    return taken(answer, call);
  },
  poll,
  video: { submit: submitVideo, poll },
};

/** FLUX 3: a ratio and one of two resolutions, no seed. */
async function submitVideo(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order, width, height } = call;
  const first = firstSource(call);
  const ratio = ratioOf(call, VIDEO_RATIOS);
  if (ratio === null && first === null) return noRatio(call, VIDEO_RATIOS);
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "/v1", `/${endpoint.providerModel}`),
    json: saidFields({
      ...order.extraFields,
      mode: first === null ? "t2v" : "i2v",
      prompt: order.prompt,
      aspect_ratio: ratio,
      duration: secondsOf(call),
      resolution: Math.min(width, height) <= 720 ? "hd" : "fhd",
      keyframes: first && [base64Of(first)],
    }),
  });
  return taken(answer, call);
}

function taken(answer: MediaResponse, call: FormatCall): FormatReply {
  const id = isOk(answer) ? textAt(answer.json, "id") : null;
  if (id === null) return failedBy(answer, call, { expected: "an id of a task" });
  const pollUrl = textAt(answer.json, "polling_url");
  const credits = numberAt(answer.json, "cost");
  const job = {
    id,
    ...(pollUrl !== null && { pollUrl: new URL(pollUrl, answer.url).href }),
    ...(credits !== null && { credits: String(credits) }),
  };
  return { kind: "pending", job, afterMs: POLL_MS };
}

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const byId = new URL(apiUrl(call.endpoint.baseUrl, "/v1", "/get_result"));
  byId.searchParams.set("id", job.id);
  const answer = await call.send({ url: job.pollUrl ?? byId.href, method: "GET" });
  const status = isOk(answer) ? textAt(answer.json, "status") : null;
  if (status === null) return failedBy(answer, call, { expected: "a status" });
  const sample = textAt(answer.json, "result.sample");
  const credits = numberAt(answer.json, "cost") ?? (job.credits === undefined ? null : Number(job.credits));
  if (status === "Ready" && sample !== null) {
    return {
      kind: "made",
      media: { url: sample },
      seedUsed: numberAt(answer.json, "result.seed"),
      revisedPrompt: textAt(answer.json, "result.prompt"),
      costUsd: credits === null ? null : credits * CREDIT_USD,
      inferenceMs: secondsAsMs(numberAt(answer.json, "result.duration")),
    };
  }
  if (status === "Task not found") {
    return { ...failedBy(answer, call, { failed: true }), status: 404 } as FormatReply;
  }
  const isOver = ["Ready", "Error", "Failed", "Request Moderated", "Content Moderated"].includes(status);
  if (isOver) return failedBy(answer, call, { failed: true });
  return { kind: "pending", job, afterMs: POLL_MS };
}

const secondsAsMs = (seconds: number | null) => (seconds === null ? null : seconds * 1000);
