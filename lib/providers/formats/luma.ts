import type { MediaResponse } from "@/lib/providers/guarded-client";
import {
  apiUrl,
  bearer,
  failedBy,
  mediaIn,
  isOk,
  noRatio,
  ratioOf,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
  type ProviderJob,
} from "@/lib/providers/formats/format";

const POLL_MS = 2_000;
const RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "21:9", "9:21"];

/** Luma's Dream Machine. */
export const LUMA: WireFormat = {
  auth: bearer,
  async submit(call) {
    const { endpoint, order } = call;
    const ratio = ratioOf(call, RATIOS);
    if (ratio === null) return noRatio(call, RATIOS);
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "/dream-machine/v1", "/generations/image"),
      json: saidFields({
        format: "png",
        ...order.extraFields,
        prompt: order.prompt,
        model: endpoint.providerModel,
        aspect_ratio: ratio,
      }),
    });
    return read(answer, call);
  },
  async poll(job, call) {
    return read(await call.send({ url: generation(job, call), method: "GET" }), call);
  },
  async cancel(job, call) {
    await call.send({ url: generation(job, call), method: "DELETE" });
  },
};

const generation = ({ id }: ProviderJob, { endpoint }: FormatCall) =>
  apiUrl(endpoint.baseUrl, "/dream-machine/v1", `/generations/${encodeURIComponent(id)}`);

function read(answer: MediaResponse, call: FormatCall): FormatReply {
  const [state, id, url] = ["state", "id", "assets.image"].map((path) =>
    isOk(answer) ? textAt(answer.json, path) : null,
  );
  if (state === "completed" && url !== null) return { kind: "made", media: mediaIn(url, answer)! };
  if (state === "failed" || state === "completed") return failedBy(answer, call, { failed: true });
  if (id === null) return failedBy(answer, call, { expected: "id and state" });
  return { kind: "pending", job: { id }, afterMs: POLL_MS };
}
