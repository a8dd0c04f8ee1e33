import {
  apiUrl,
  at,
  failedBy,
  linesOf,
  noRatio,
  numberAt,
  ratioOf,
  saidFields,
  textAt,
  versionUrl,
  type FormatCall,
  type FormatReply,
  type ProviderJob,
  type Route,
} from "@/lib/providers/formats/format";
import { base64Of, dataUrlOf, firstSource, secondsOf } from "@/lib/providers/formats/sources";
import { progress, taken, type Ticket } from "@/lib/providers/formats/ticket";

/** Videos of vendors whose images are a dialect of OpenAI's: each an order and an address that is polled. */

const RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3"];

const XAI: Ticket = {
  id: "request_id",
  status: "status",
  done: ["done"],
  failed: ["failed", "expired"],
  output: ["video.url"],
  pollMs: 5_000,
};

/** xAI. HTTP 202, with a body or without, is an order that is being worked on. */
export const XAI_VIDEO: Route = {
  async submit(call) {
    const { endpoint, order } = call;
    const first = firstSource(call);
    const ratio = ratioOf(call, RATIOS);
    if (ratio === null && first === null) return noRatio(call, RATIOS);
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "/v1", "/videos/generations"),
      json: saidFields({
        ...order.extraFields,
        model: endpoint.providerModel,
        prompt: order.prompt,
        duration: secondsOf(call),
        aspect_ratio: ratio,
        resolution: linesOf(call, ["480p", "720p", "1080p"]),
        image: first && { url: dataUrlOf(first) },
      }),
    });
    return taken(answer, call, XAI);
  },
  async poll(job, call) {
    const url = apiUrl(call.endpoint.baseUrl, "/v1", `/videos/${encodeURIComponent(job.id)}`);
    const answer = await call.send({ url, method: "GET" });
    if (answer.status === 202) return { kind: "pending", job, afterMs: XAI.pollMs };
    if (at(answer.json, "video.respect_moderation") === false)
      return failedBy(answer, call, { failed: true });
    const ticks = numberAt(answer.json, "usage.cost_in_usd_ticks");
    return progress(answer, call, job, XAI, { costUsd: ticks === null ? null : ticks * 1e-10 });
  },
};

const TOGETHER: Ticket = {
  id: "id",
  status: "status",
  done: ["completed"],
  failed: ["failed", "cancelled"],
  output: ["outputs.video_url"],
  pollMs: 5_000,
};

/** Together, whose videos are version 2 of its API. */
export const TOGETHER_VIDEO: Route = {
  async submit(call) {
    const { endpoint, order, width, height } = call;
    const first = firstSource(call);
    const seconds = secondsOf(call);
    const answer = await call.send({
      url: versionUrl(endpoint.baseUrl, "v2", "/videos"),
      json: saidFields({
        ...order.extraFields,
        model: endpoint.providerModel,
        prompt: order.prompt,
        negative_prompt: order.negativePrompt,
        ...{ width, height },
        seconds: seconds === null ? null : String(seconds),
        seed: order.seed,
        steps: order.steps,
        guidance_scale: order.guidance,
        frame_images: first && [{ input_image: base64Of(first), frame: 0 }],
      }),
    });
    return taken(answer, call, TOGETHER);
  },
  async poll(job, call) {
    const url = versionUrl(call.endpoint.baseUrl, "v2", `/videos/${encodeURIComponent(job.id)}`);
    const answer = await call.send({ url, method: "GET" });
    return progress(answer, call, job, TOGETHER, { costUsd: numberAt(answer.json, "outputs.cost") });
  },
};

const OPENROUTER: Ticket = {
  id: "id",
  status: "status",
  done: ["completed"],
  failed: ["failed", "cancelled", "expired"],
  output: ["unsigned_urls.0"],
  pollMs: 10_000,
};

/** OpenRouter: the file lies at an address that is told, or with OpenRouter itself. */
export const OPENROUTER_VIDEO: Route = {
  async submit(call) {
    const { endpoint, order } = call;
    const ratio = ratioOf(call, RATIOS);
    if (ratio === null) return noRatio(call, RATIOS);
    const first = firstSource(call);
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "/api/v1", "/videos"),
      json: saidFields({
        ...order.extraFields,
        model: endpoint.providerModel,
        prompt: order.prompt,
        duration: secondsOf(call),
        aspect_ratio: ratio,
        resolution: linesOf(call, ["480p", "720p", "1080p"]),
        seed: order.seed,
        frame_images: first && [
          { type: "image_url", image_url: { url: dataUrlOf(first) }, frame_type: "first_frame" },
        ],
      }),
    });
    return taken(answer, call, OPENROUTER);
  },
  poll: pollOpenRouter,
};

async function pollOpenRouter(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const url = apiUrl(call.endpoint.baseUrl, "/api/v1", `/videos/${encodeURIComponent(job.id)}`);
  const answer = await call.send({ url, method: "GET" });
  const about = { costUsd: numberAt(answer.json, "usage.cost") };
  const isDone = textAt(answer.json, "status") === "completed";
  if (isDone && textAt(answer.json, "unsigned_urls.0") === null)
    return { kind: "made", media: { url: `${url}/content` }, ...about };
  return progress(answer, call, job, OPENROUTER, about);
}

const SEEDANCE_TICKET: Ticket = {
  id: "id",
  status: "status",
  done: ["succeeded"],
  failed: ["failed", "cancelled", "expired"],
  output: ["content.video_url"],
  pollMs: 3_000,
};
const TASKS = "/contents/generations/tasks";

/** ByteDance's Seedance. */
export const SEEDANCE: Route = {
  async submit(call) {
    const { endpoint, order } = call;
    const first = firstSource(call);
    const ratio = ratioOf(call, [...RATIOS, "21:9"]);
    if (ratio === null && first === null) return noRatio(call, RATIOS);
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "/api/v3", TASKS),
      json: saidFields({
        watermark: false,
        ...order.extraFields,
        model: endpoint.providerModel,
        content: [
          { type: "text", text: order.prompt },
          ...(first === null ? [] : [{ type: "image_url", image_url: { url: dataUrlOf(first) } }]),
        ],
        ratio: first === null ? ratio : null,
        resolution: linesOf(call, ["480p", "720p", "1080p"]),
        duration: secondsOf(call),
        seed: order.seed,
      }),
    });
    return taken(answer, call, SEEDANCE_TICKET);
  },
  async poll(job, call) {
    const answer = await call.send({ url: taskUrl(job, call), method: "GET" });
    return progress(answer, call, job, SEEDANCE_TICKET);
  },
  async cancel(job, call) {
    await call.send({ url: taskUrl(job, call), method: "DELETE" });
  },
};

const taskUrl = ({ id }: ProviderJob, { endpoint }: FormatCall) =>
  apiUrl(endpoint.baseUrl, "/api/v3", `${TASKS}/${encodeURIComponent(id)}`);
