import {
  apiUrl,
  bearer,
  failedBy,
  isOk,
  madeOf,
  noRatio,
  ratioOf,
  rawMedia,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
  type ProviderJob,
} from "@/lib/providers/formats/format";
import { dataUrlOf, firstSource } from "@/lib/providers/formats/sources";

const POLL_MS = 1_000;
const RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9", "9:21", "5:4", "4:5"];

/** Fireworks: workflows answer with the image alone, or with a request to ask after; the models of SDXL have a path of their own, and Kontext edits. */
export const FIREWORKS: WireFormat = {
  auth: bearer,
  optional: ["seed", "num_inference_steps"],
  submit,
  async poll(job: ProviderJob, call: FormatCall) {
    const url = apiUrl(call.endpoint.baseUrl, "/inference/v1", `${workflow(call)}/get_result`);
    const answer = await call.send({ url, json: { id: job.id } });
    const status = isOk(answer) ? textAt(answer.json, "status") : null;
    if (status === null) return failedBy(answer, call, { expected: "a status" });
    const sample = textAt(answer.json, "result.sample");
    if (status === "Ready" && sample !== null) return madeOf(sample, answer);
    const isOver = /^(ready|error|failed|.*moderated|task not found)$/i.test(status);
    if (isOver) return failedBy(answer, call, { failed: true });
    return { kind: "pending", job, afterMs: POLL_MS };
  },
};

const workflow = ({ endpoint }: FormatCall) => `/workflows/${endpoint.providerModel}`;
const isSdxl = (model: string) => /stable-diffusion|playground|ssd-1b|japanese-stable/i.test(model);

async function submit(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order, width, height } = call;
  const model = endpoint.providerModel;
  const byPixels = isSdxl(model);
  const ratio = ratioOf(call, RATIOS);
  const first = firstSource(call);
  if (ratio === null && !byPixels) return noRatio(call, RATIOS);
  const path = byPixels
    ? `/image_generation/${model}`
    : /kontext/i.test(model)
      ? workflow(call)
      : `${workflow(call)}/text_to_image`;
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "/inference/v1", path),
    headers: { accept: "image/png, application/json" },
    json: saidFields({
      ...order.extraFields,
      prompt: order.prompt,
      ...(byPixels ? { width, height } : { aspect_ratio: ratio }),
      seed: order.seed,
      num_inference_steps: order.steps,
      guidance_scale: order.guidance,
      input_image: first && dataUrlOf(first),
    }),
  });
  const image = isOk(answer) ? rawMedia(answer) : null;
  if (image !== null) return { kind: "made", media: image };
  const id = isOk(answer) ? textAt(answer.json, "request_id") : null;
  if (id !== null) return { kind: "pending", job: { id }, afterMs: POLL_MS };
  const base64 = isOk(answer) ? (textAt(answer.json, "base64.0") ?? textAt(answer.json, "0.base64")) : null;
  if (base64 !== null) return madeOf(base64, answer);
  return failedBy(answer, call, { expected: "the image alone" });
}
