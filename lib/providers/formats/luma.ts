import type { MediaResponse } from "@/lib/providers/guarded-client";
import {
  apiUrl,
  bearer,
  failedBy,
  isOk,
  linesOf,
  noRatio,
  ratioOf,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type ProviderJob,
  type WireFormat,
} from "@/lib/providers/formats/format";
import { secondsOf } from "@/lib/providers/formats/sources";
import { progress, type Ticket } from "@/lib/providers/formats/ticket";
import { makesVideo } from "@/lib/schemas/formats/order-task";

const TICKET: Ticket = {
  id: "id",
  status: "state",
  done: ["completed"],
  failed: ["failed"],
  output: ["assets.image", "assets.video"],
  pollMs: 2_000,
};
const RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "21:9", "9:21"];

/** Luma's Dream Machine. Images that an order begins with would have to lie at public addresses: it is sent none. */
export const LUMA: WireFormat = {
  auth: bearer,
  async submit(call) {
    const { endpoint, order, task } = call;
    const ratio = ratioOf(call, RATIOS);
    if (ratio === null) return noRatio(call, RATIOS);
    const seconds = secondsOf(call);
    const answer = await call.send({
      url: apiUrl(
        endpoint.baseUrl,
        "/dream-machine/v1",
        makesVideo(task) ? "/generations" : "/generations/image",
      ),
      json: saidFields({
        ...(!makesVideo(task) && { format: "png" }),
        ...order.extraFields,
        prompt: order.prompt,
        model: endpoint.providerModel,
        aspect_ratio: ratio,
        ...(makesVideo(task) && {
          resolution: linesOf(call, ["540p", "720p", "1080p"]),
          duration: seconds === null ? null : `${seconds}s`,
        }),
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

/** An order's own answer is as those to asking after it. */
function read(answer: MediaResponse, call: FormatCall): FormatReply {
  const id = isOk(answer) ? textAt(answer.json, "id") : null;
  if (id === null) return failedBy(answer, call, { expected: "id and state" });
  return progress(answer, call, { id }, TICKET);
}
