import {
  apiUrl,
  bearer,
  saidFields,
  type FormatCall,
  type FormatReply,
  type ProviderJob,
  type WireFormat,
} from "@/lib/providers/formats/format";
import { dataUrlOf, secondsOf } from "@/lib/providers/formats/sources";
import { progress, taken, type Ticket } from "@/lib/providers/formats/ticket";
import { makesVideo, type OrderTask } from "@/lib/schemas/formats/order-task";

const TICKET: Ticket = {
  id: "id",
  status: "status",
  done: ["SUCCEEDED"],
  failed: ["FAILED", "CANCELLED"],
  output: ["output.0"],
  // It asks not to be asked sooner.
  pollMs: 5_000,
};
const VERSION = { "x-runway-version": "2024-11-06" };
const PATHS: Record<OrderTask, string> = {
  "text-to-image": "/text_to_image",
  "image-edit": "/text_to_image",
  "text-to-video": "/text_to_video",
  "image-to-video": "/image_to_video",
};

/** Runway, whose "ratio" is a size in pixels of its list. */
export const RUNWAY: WireFormat = {
  auth: bearer,
  optional: ["seed"],
  async submit(call) {
    const { endpoint, order, width, height, task } = call;
    const uris = (order.sources ?? []).map(dataUrlOf);
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "/v1", PATHS[task]),
      headers: VERSION,
      json: saidFields({
        ...order.extraFields,
        model: endpoint.providerModel,
        promptText: order.prompt,
        ratio: `${width}:${height}`,
        seed: order.seed,
        duration: makesVideo(task) ? secondsOf(call) : null,
        promptImage: task === "image-to-video" ? uris[0] : null,
        referenceImages: task === "image-edit" ? uris.map((uri) => ({ uri })) : null,
      }),
    });
    return taken(answer, call, TICKET);
  },
  poll,
  async cancel(job, call) {
    await call.send({ url: taskUrl(job, call), method: "DELETE", headers: VERSION });
  },
};

const taskUrl = ({ id }: ProviderJob, { endpoint }: FormatCall) =>
  apiUrl(endpoint.baseUrl, "/v1", `/tasks/${encodeURIComponent(id)}`);

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const answer = await call.send({ url: taskUrl(job, call), method: "GET", headers: VERSION });
  return progress(answer, call, job, TICKET);
}
