import { noRatio, ratioOf, saidFields, versionUrl, type Route } from "@/lib/providers/formats/format";
import { dataUrlOf, firstSource, secondsOf } from "@/lib/providers/formats/sources";
import { progress, taken, type Ticket } from "@/lib/providers/formats/ticket";

const TICKET: Ticket = {
  id: "task_id",
  status: "task.status",
  done: ["succeeded"],
  failed: ["failed", "cancelled", "expired"],
  output: ["task.content.url"],
  pollMs: 10_000,
};
const RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "21:9"];
/** What it makes, in seconds. */
const [SHORTEST, LONGEST] = [5, 15];

/** MiniMax's H3, version 2 of its API. It has one resolution and no seed; beside a first frame it takes no ratio. */
export const MINIMAX_VIDEO: Route = {
  async submit(call) {
    const { endpoint, order } = call;
    const first = firstSource(call);
    const ratio = ratioOf(call, RATIOS);
    if (ratio === null && first === null) return noRatio(call, RATIOS);
    const answer = await call.send({
      url: versionUrl(endpoint.baseUrl, "v2", "/video_generation"),
      json: saidFields({
        ...order.extraFields,
        model: endpoint.providerModel,
        content: [
          { type: "text", text: order.prompt },
          ...(first === null
            ? []
            : [{ type: "image_url", image_url: { url: dataUrlOf(first) }, role: "first_frame" }]),
        ],
        resolution: "2K",
        duration: Math.min(LONGEST, Math.max(SHORTEST, secondsOf(call) ?? SHORTEST)),
        ratio: first === null ? ratio : null,
      }),
    });
    return taken(answer, call, TICKET);
  },
  async poll(job, call) {
    const path = `/query/video_generation/${encodeURIComponent(job.id)}`;
    const answer = await call.send({ url: versionUrl(call.endpoint.baseUrl, "v2", path), method: "GET" });
    return progress(answer, call, job, TICKET);
  },
};
