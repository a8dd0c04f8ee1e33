import {
  apiUrl,
  at,
  failedBy,
  mediaIn,
  isOk,
  numberAt,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
  type ProviderJob,
} from "@/lib/providers/formats/format";

const POLL_MS = 500;

/** fal's queue. How a request ended shows where its response is read: a refusal is that answer's HTTP 422. */
export const FAL: WireFormat = {
  auth: (key) => ({ authorization: `Key ${key}` }),
  keyHosts: ["*.fal.run"],
  optional: ["seed", "num_images"],
  async submit(call) {
    const { endpoint, order, width, height } = call;
    const answer = await call.send({
      url: apiUrl(
        endpoint.baseUrl.replace("://fal.run", "://queue.fal.run"),
        "",
        `/${endpoint.providerModel}`,
      ),
      json: saidFields({
        output_format: "png",
        ...order.extraFields,
        prompt: order.prompt,
        negative_prompt: order.negativePrompt,
        image_size: { width, height },
        num_images: 1,
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
  const url = textAt(json, "images.0.url") ?? textAt(json, "image.url");
  if (url === null || at(json, "has_nsfw_concepts.0") === true)
    return failedBy(answer, call, { expected: "one in images[0].url", failed: true });
  const seconds = numberAt(json, "timings.inference");
  return {
    kind: "made",
    media: mediaIn(url, answer)!,
    seedUsed: numberAt(json, "seed"),
    inferenceMs: seconds === null ? null : seconds * 1000,
  };
}

/** A failure of the order itself, not of asking after it. */
const withoutStatus = (reply: FormatReply): FormatReply => ({ ...reply, status: undefined }) as FormatReply;
