import {
  apiUrl,
  bearer,
  saidFields,
  type FormatCall,
  type FormatReply,
  type ProviderJob,
  type WireFormat,
} from "@/lib/providers/formats/format";
import { base64Of, firstSource, secondsOf } from "@/lib/providers/formats/sources";
import { progress, taken, type Ticket } from "@/lib/providers/formats/ticket";
import { makesVideo } from "@/lib/schemas/formats/order-task";

const TICKET: Ticket = {
  id: "id",
  status: "status",
  done: ["completed"],
  failed: ["failed", "cancelled"],
  output: ["result.images.0.b64_json", "result.b64_json"],
  pollMs: 1_000,
};
/** Frames a second, where it is said how long a video is. */
const FPS = 16;

/** The server of stable-diffusion.cpp by its own API: in OpenAI's format it draws every image from one seed. */
export const SD_CPP: WireFormat = {
  auth: bearer,
  async submit(call) {
    const { endpoint, order, width, height, task } = call;
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "", makesVideo(task) ? "/sdcpp/v1/vid_gen" : "/sdcpp/v1/img_gen"),
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
        ...(makesVideo(task) ? videoFields(call) : sourceFields(call)),
      }),
    });
    return taken(answer, call, TICKET);
  },
  poll,
  async cancel(job, call) {
    await call.send({ url: `${jobUrl(job, call)}/cancel` });
  },
};

const jobUrl = ({ id }: ProviderJob, { endpoint }: FormatCall) =>
  apiUrl(endpoint.baseUrl, "", `/sdcpp/v1/jobs/${encodeURIComponent(id)}`);

function videoFields(call: FormatCall): object {
  const first = firstSource(call);
  const seconds = secondsOf(call);
  return {
    init_image: first && base64Of(first),
    ...(seconds !== null && { fps: FPS, video_frames: Math.round(seconds * FPS) + 1 }),
  };
}

/** Models that edit look at references; what is masked is painted over in the image itself. */
function sourceFields({ order }: FormatCall): object {
  const images = (order.sources ?? []).map(base64Of);
  const masked = order.mask && { init_image: images[0], mask_image: base64Of(order.mask) };
  const references = masked ? images.slice(1) : images;
  return { ...masked, ...(references.length > 0 && { ref_images: references }) };
}

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const answer = await call.send({ url: jobUrl(job, call), method: "GET" });
  return progress(answer, call, job, TICKET, { seedUsed: call.order.seed });
}
