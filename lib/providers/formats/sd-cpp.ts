import {
  apiUrl,
  bearer,
  failedBy,
  mediaIn,
  isOk,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
  type ProviderJob,
} from "@/lib/providers/formats/format";

const POLL_MS = 1_000;

/** The server of stable-diffusion.cpp by its own API: in OpenAI's format it draws every image from one seed. */
export const SD_CPP: WireFormat = {
  auth: bearer,
  async submit(call) {
    const { endpoint, order, width, height } = call;
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "", "/sdcpp/v1/img_gen"),
      json: saidFields({
        ...order.extraFields,
        prompt: order.prompt,
        negative_prompt: order.negativePrompt,
        ...{ width, height },
        seed: order.seed ?? -1,
        sample_params: saidFields({
          sample_steps: order.steps,
          guidance: typeof order.guidance === "number" ? { txt_cfg: order.guidance } : null,
        }),
      }),
    });
    const id = isOk(answer) ? textAt(answer.json, "id") : null;
    if (id === null) return failedBy(answer, call, { expected: "an id of a job" });
    return { kind: "pending", job: { id }, afterMs: POLL_MS };
  },
  poll,
};

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const url = apiUrl(call.endpoint.baseUrl, "", `/sdcpp/v1/jobs/${encodeURIComponent(job.id)}`);
  const answer = await call.send({ url, method: "GET" });
  const status = isOk(answer) ? textAt(answer.json, "status") : null;
  if (status === null) return failedBy(answer, call, { expected: "a status" });
  const base64 = textAt(answer.json, "result.images.0.b64_json");
  if (status === "completed" && base64 !== null)
    return { kind: "made", media: mediaIn(base64, answer)!, seedUsed: call.order.seed };
  if (["completed", "failed", "cancelled"].includes(status)) return failedBy(answer, call, { failed: true });
  return { kind: "pending", job, afterMs: POLL_MS };
}
