import { createHmac } from "node:crypto";
import {
  apiUrl,
  bearer,
  noRatio,
  ratioOf,
  saidFields,
  type FormatCall,
  type FormatReply,
  type ProviderJob,
  type WireFormat,
} from "@/lib/providers/formats/format";
import { base64Of, firstSource, secondsOf } from "@/lib/providers/formats/sources";
import { progress, taken, type Ticket } from "@/lib/providers/formats/ticket";
import { makesVideo, type OrderTask } from "@/lib/schemas/formats/order-task";

const TICKET: Ticket = {
  id: "data.task_id",
  status: "data.task_status",
  done: ["succeed"],
  failed: ["failed"],
  output: ["data.task_result.images.0.url", "data.task_result.videos.0.url"],
  pollMs: 2_000,
};
const RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9"];
const VIDEO_RATIOS = ["1:1", "16:9", "9:16"];
const PATHS: Record<OrderTask, string> = {
  "text-to-image": "/images/generations",
  "image-edit": "/images/generations",
  "text-to-video": "/videos/text2video",
  "image-to-video": "/videos/image2video",
};
/** Of a token made of an access key: until then, and a little before now, since clocks differ. */
const VALID_S = 1_800;
const EARLIER_S = 5;

/** Kling. A key is an API key, or "access:secret", of which a token is signed for each request. */
export const KLING: WireFormat = {
  auth: (key) => bearer(key.includes(":") ? signedToken(key, Date.now()) : key),
  async submit(call) {
    const { endpoint, order, task } = call;
    const first = firstSource(call);
    const ratios = makesVideo(task) ? VIDEO_RATIOS : RATIOS;
    const ratio = ratioOf(call, ratios);
    if (ratio === null && first === null) return noRatio(call, ratios);
    const answer = await call.send({
      url: apiUrl(endpoint.baseUrl, "/v1", PATHS[task]),
      json: saidFields({
        ...order.extraFields,
        model_name: endpoint.providerModel,
        prompt: order.prompt,
        // A video has the ratio of its first frame.
        aspect_ratio: first === null ? ratio : null,
        ...(makesVideo(task) ? videoFields(call) : { n: 1 }),
      }),
    });
    return taken(answer, call, TICKET);
  },
  poll,
};

function videoFields(call: FormatCall): object {
  const { order } = call;
  const first = firstSource(call);
  const seconds = secondsOf(call);
  return {
    negative_prompt: order.negativePrompt,
    cfg_scale: order.guidance,
    duration: seconds === null ? null : String(seconds),
    image: first && base64Of(first),
  };
}

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const path = `${PATHS[call.task]}/${encodeURIComponent(job.id)}`;
  const answer = await call.send({ url: apiUrl(call.endpoint.baseUrl, "/v1", path), method: "GET" });
  return progress(answer, call, job, TICKET);
}

/** A JSON web token (RFC 7519, HS256), as Kling wants one of an access key and its secret. */
function signedToken(key: string, now: number): string {
  const [access, secret] = key.split(":");
  const seconds = Math.floor(now / 1000);
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: access, exp: seconds + VALID_S, nbf: seconds - EARLIER_S };
  const signed = `${base64({ alg: "HS256", typ: "JWT" })}.${base64(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}
