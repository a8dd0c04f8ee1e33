import {
  apiUrl,
  at,
  bearer,
  failedBy,
  mediaIn,
  isOk,
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

const POLL_MS = 1_000;
const RATIOS = ["1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21"];

/** Replicate: a model's name is owner/model, or a version's 64 letters and digits. Models differ in what their input knows. */
export const REPLICATE: WireFormat = {
  auth: bearer,
  optional: ["seed", "aspect_ratio", "width", "height", "num_outputs", "output_format"],
  async submit(call) {
    const { endpoint, order, width, height } = call;
    const isVersion = /^[0-9a-f]{64}$/.test(endpoint.providerModel);
    const path = isVersion ? "/predictions" : `/models/${endpoint.providerModel}/predictions`;
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "/v1", path),
      json: {
        ...(isVersion && { version: endpoint.providerModel }),
        input: saidFields({
          output_format: "png",
          aspect_ratio: ratioOf(call, RATIOS) === null ? "custom" : ratioOf(call, RATIOS),
          ...order.extraFields,
          prompt: order.prompt,
          negative_prompt: order.negativePrompt,
          ...{ width, height },
          seed: order.seed,
          num_inference_steps: order.steps,
          guidance: order.guidance,
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

function read(answer: MediaResponse, call: FormatCall): FormatReply {
  const { json } = answer;
  const [status, pollUrl, cancelUrl] = ["status", "urls.get", "urls.cancel"].map((path) =>
    textAt(json, path),
  );
  if (status === "succeeded") {
    const output = textAt(json, "output") ?? textAt(json, "output.0") ?? textAt(json, "output.*");
    if (output === null) return failedBy(answer, call, { expected: "one in output", failed: true });
    const seconds = numberAt(json, "metrics.predict_time");
    return {
      kind: "made",
      media: mediaIn(output, answer)!,
      seedUsed: numberAt(json, "input.seed"),
      inferenceMs: seconds === null ? null : seconds * 1000,
    };
  }
  if (["failed", "canceled", "aborted"].includes(status ?? ""))
    return failedBy({ ...answer, json: { status, error: at(json, "error") } }, call, { failed: true });
  if (status === null || pollUrl === null) return failedBy(answer, call, { expected: "status and urls.get" });
  const job = { pollUrl, ...(cancelUrl !== null && { cancelUrl }) };
  return { kind: "pending", job, afterMs: POLL_MS };
}
