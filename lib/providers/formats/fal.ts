import {
  apiUrl,
  at,
  failedBy,
  isOk,
  madeOf,
  numberAt,
  ratioOf,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
  type ProviderJob,
} from "@/lib/providers/formats/format";
import { dataUrlOf, secondsOf } from "@/lib/providers/formats/sources";
import { makesVideo } from "@/lib/schemas/formats/order-task";

const POLL_MS = 500;
const RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9", "9:21"];
/** Models that take a list of images, of those that edit. */
const TAKES_LIST = /\/edit\b|\/multi\b|nano-banana|seedream|redux/;

/** fal's queue. How a request ended shows where its response is read: a refusal is that answer's HTTP 422. */
export const FAL: WireFormat = {
  auth: (key) => ({ authorization: `Key ${key}` }),
  keyHosts: ["*.fal.run"],
  // Models differ in what they know.
  optional: ["seed", "num_images", "output_format", "image_size", "aspect_ratio"],
  async submit(call) {
    const { endpoint, order } = call;
    const answer = await call.send({
      url: apiUrl(
        endpoint.baseUrl.replace("://fal.run", "://queue.fal.run"),
        "",
        `/${endpoint.providerModel}`,
      ),
      json: saidFields({
        ...(!makesVideo(call.task) && { output_format: "png" }),
        ...order.extraFields,
        prompt: order.prompt,
        negative_prompt: order.negativePrompt,
        ...shapeOf(call),
        ...sourcesOf(call),
        seed: order.seed,
        num_inference_steps: order.steps,
        guidance_scale: order.guidance,
      }),
    });
    const [id, statusUrl, responseUrl, cancelUrl] = [
      "request_id",
      "status_url",
      "response_url",
      "cancel_url",
    ].map((name) => (isOk(answer) ? textAt(answer.json, name) : null));
    if (id === null || statusUrl === null || responseUrl === null)
      return failedBy(answer, call, { expected: "request_id, status_url and response_url" });
    const job = { id, statusUrl, responseUrl, ...(cancelUrl !== null && { cancelUrl }) };
    return { kind: "pending", job, afterMs: POLL_MS };
  },
  poll,
  async cancel({ cancelUrl }, call) {
    if (cancelUrl !== undefined) await call.send({ url: cancelUrl, method: "PUT" });
  },
};

/** Images by pixels, videos by a ratio and how long they are. */
function shapeOf(call: FormatCall): object {
  const { width, height, task } = call;
  if (!makesVideo(task)) return { image_size: { width, height }, num_images: 1 };
  return { aspect_ratio: ratioOf(call, RATIOS), duration: secondsOf(call) };
}

function sourcesOf({ order, endpoint }: FormatCall): object {
  const urls = (order.sources ?? []).map(dataUrlOf);
  if (urls.length === 0) return {};
  const isList = urls.length > 1 || TAKES_LIST.test(endpoint.providerModel);
  return {
    ...(isList ? { image_urls: urls } : { image_url: urls[0] }),
    mask_url: order.mask && dataUrlOf(order.mask),
  };
}

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const asked = await call.send({ url: job.statusUrl, method: "GET" });
  const status = isOk(asked) ? textAt(asked.json, "status") : null;
  if (status === null) return failedBy(asked, call, { expected: "a status" });
  if (status !== "COMPLETED") return { kind: "pending", job, afterMs: POLL_MS };
  const answer = await call.send({ url: job.responseUrl, method: "GET" });
  // Of an order that is through every answer is final, except that nobody may ask so often.
  const failed = () => failedBy({ ...answer, status: answer.status }, call, { failed: isOk(answer) });
  if (!isOk(answer)) return answer.status === 429 ? failed() : withoutStatus(failed());
  const { json } = answer;
  const places = ["images.0.url", "image.url", "video.url", "videos.0.url"];
  const url = places.map((path) => textAt(json, path)).find((found) => found !== null) ?? null;
  if (url === null || at(json, "has_nsfw_concepts.0") === true)
    return failedBy(answer, call, { expected: "one in images[0].url or video.url", failed: true });
  const seconds = numberAt(json, "timings.inference");
  return madeOf(url, answer, {
    seedUsed: numberAt(json, "seed"),
    inferenceMs: seconds === null ? null : seconds * 1000,
  });
}

/** A failure of the order itself, not of asking after it. */
const withoutStatus = (reply: FormatReply): FormatReply => ({ ...reply, status: undefined }) as FormatReply;
