import {
  apiUrl,
  at,
  bearer,
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
import type { MediaResponse } from "@/lib/providers/guarded-client";
import { dataUrlOf, secondsOf } from "@/lib/providers/formats/sources";
import { requestFacts } from "@/lib/schemas/formats/task-facts";
import { makesVideo } from "@/lib/schemas/formats/order-task";

const POLL_MS = 1_000;
const RATIOS = ["1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21"];

/** By what name models take the images that they begin with, and whether as a list; the first that fits counts. */
const SOURCE_FIELDS: readonly [model: RegExp, field: string, isList: boolean][] = [
  [/flux-2|gpt-image/, "input_images", true],
  [/nano-banana|seedream|gemini/, "image_input", true],
  [/kontext/, "input_image", false],
  [/kling|pixverse/, "start_image", false],
  [/minimax|hailuo/, "first_frame_image", false],
];

/** Replicate: a model's name is owner/model, or a version's 64 letters and digits. Models differ in what their input knows. */
export const REPLICATE: WireFormat = {
  auth: bearer,
  optional: ["seed", "aspect_ratio", "width", "height", "num_outputs", "output_format", "duration"],
  async submit(call) {
    const { endpoint, order } = call;
    const { guidance } = requestFacts(endpoint.format, call.task);
    const isVersion = /^[0-9a-f]{64}$/.test(endpoint.providerModel);
    const path = isVersion ? "/predictions" : `/models/${endpoint.providerModel}/predictions`;
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "/v1", path),
      json: {
        ...(isVersion && { version: endpoint.providerModel }),
        input: saidFields({
          ...suggestedShape(call),
          ...order.extraFields,
          ...shapeOf(call),
          prompt: order.prompt,
          negative_prompt: order.negativePrompt,
          ...sourcesOf(call),
          seed: order.seed,
          num_inference_steps: order.steps,
          ...(guidance !== null && { [guidance]: order.guidance }),
        }),
      },
    });
    return isOk(answer) ? read(answer, call) : failedBy(answer, call);
  },
  async poll(job: ProviderJob, call: FormatCall) {
    const answer = await call.send({ url: job.pollUrl, method: "GET" });
    return isOk(answer) ? read(answer, call) : failedBy(answer, call);
  },
  async cancel({ cancelUrl }, call) {
    if (cancelUrl !== undefined) await call.send({ url: cancelUrl });
  },
};

/** Models differ in what they know of a shape: a run may say it in their way. */
function suggestedShape(call: FormatCall): object {
  const ratio = ratioOf(call, RATIOS);
  if (makesVideo(call.task)) return { aspect_ratio: ratio };
  return { output_format: "png", aspect_ratio: ratio ?? "custom" };
}

const shapeOf = (call: FormatCall): object =>
  makesVideo(call.task) ? { duration: secondsOf(call) } : { width: call.width, height: call.height };

function sourcesOf({ order, endpoint }: FormatCall): object {
  const urls = (order.sources ?? []).map(dataUrlOf);
  if (urls.length === 0) return {};
  const known = SOURCE_FIELDS.find(([model]) => model.test(endpoint.providerModel));
  const [, field, isList] = known ?? ["", urls.length > 1 ? "input_images" : "image", urls.length > 1];
  return { [field]: isList ? urls : urls[0], mask: order.mask && dataUrlOf(order.mask) };
}

function read(answer: MediaResponse, call: FormatCall): FormatReply {
  const { json } = answer;
  const [status, pollUrl, cancelUrl] = ["status", "urls.get", "urls.cancel"].map((path) =>
    textAt(json, path),
  );
  if (status === "succeeded") {
    const output = textAt(json, "output") ?? textAt(json, "output.0") ?? textAt(json, "output.*");
    if (output === null) return failedBy(answer, call, { expected: "one in output", failed: true });
    const seconds = numberAt(json, "metrics.predict_time");
    return madeOf(output, answer, {
      seedUsed: numberAt(json, "input.seed"),
      inferenceMs: seconds === null ? null : seconds * 1000,
    });
  }
  if (["failed", "canceled", "aborted"].includes(status ?? ""))
    return failedBy({ ...answer, json: { status, error: at(json, "error") } }, call, { failed: true });
  if (status === null || pollUrl === null) return failedBy(answer, call, { expected: "status and urls.get" });
  const job = { pollUrl, ...(cancelUrl !== null && { cancelUrl }) };
  return { kind: "pending", job, afterMs: POLL_MS };
}
