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

/** Runway asks not to be asked sooner. */
const POLL_MS = 5_000;
const VERSION = { "x-runway-version": "2024-11-06" };

/** Runway, whose "ratio" is a size in pixels of its list. */
export const RUNWAY: WireFormat = {
  auth: bearer,
  optional: ["seed"],
  async submit(call) {
    const { endpoint, order, width, height } = call;
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "/v1", "/text_to_image"),
      headers: VERSION,
      json: saidFields({
        ...order.extraFields,
        model: endpoint.providerModel,
        promptText: order.prompt,
        ratio: `${width}:${height}`,
        seed: order.seed,
      }),
    });
    const id = isOk(answer) ? textAt(answer.json, "id") : null;
    if (id === null) return failedBy(answer, call, { expected: "an id of a task" });
    return { kind: "pending", job: { id }, afterMs: POLL_MS };
  },
  poll,
  async cancel(job, call) {
    await call.send({ url: task(job, call), method: "DELETE", headers: VERSION });
  },
};

const task = ({ id }: ProviderJob, { endpoint }: FormatCall) =>
  apiUrl(endpoint.baseUrl, "/v1", `/tasks/${encodeURIComponent(id)}`);

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const answer = await call.send({ url: task(job, call), method: "GET", headers: VERSION });
  const status = isOk(answer) ? textAt(answer.json, "status") : null;
  if (status === null) return failedBy(answer, call, { expected: "a status" });
  const url = textAt(answer.json, "output.0");
  if (status === "SUCCEEDED" && url !== null) return { kind: "made", media: mediaIn(url, answer)! };
  const isOver = ["SUCCEEDED", "FAILED", "CANCELLED"].includes(status);
  return isOver ? failedBy(answer, call, { failed: true }) : { kind: "pending", job, afterMs: POLL_MS };
}
