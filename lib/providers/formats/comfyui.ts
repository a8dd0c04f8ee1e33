import {
  apiUrl,
  at,
  bearer,
  failedBy,
  invalid,
  isOk,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
  type ProviderJob,
} from "@/lib/providers/formats/format";
import { filled, imagesOf, unplacedImage, valuesOf, type Values } from "@/lib/providers/formats/template";

const POLL_MS = 1_000;
/** What nodes that save something call it: SaveImage and SaveVideo, and the video nodes that most people have. */
const KINDS = ["images", "videos", "gifs", "video"];

/**
 * ComfyUI: a workflow in its API format with placeholders is queued, and its history says where the output lies. Images that an
 * order begins with are uploaded first, and {{image}} is the name that they get.
 */
export const COMFYUI: WireFormat = {
  auth: bearer,
  async submit(call) {
    const { options, baseUrl } = call.endpoint;
    if (options === null || !("workflow" in options)) throw new Error("The endpoint has no workflow.");
    const unplaced = unplacedImage(options.workflow, call);
    if (unplaced !== null) return invalid(`The workflow has no {{${unplaced}}} for the order's image.`);
    const uploaded = await upload(call);
    if ("kind" in uploaded) return uploaded;
    const answer = await call.send({
      url: apiUrl(baseUrl, "", "/prompt"),
      json: {
        prompt: filled(options.workflow, { ...valuesOf(call), ...uploaded.names }),
        client_id: "salon",
      },
    });
    const id = isOk(answer) ? textAt(answer.json, "prompt_id") : null;
    if (id === null) return failedBy(answer, call, { expected: "a prompt_id" });
    return { kind: "pending", job: { id }, afterMs: POLL_MS };
  },
  poll,
  async cancel({ id }, call) {
    await call.send({ url: apiUrl(call.endpoint.baseUrl, "", "/queue"), json: { delete: [id] } });
  },
};

/** @returns the names that an order's images have there now */
async function upload(call: FormatCall): Promise<{ names: Values } | FormatReply> {
  const names: Record<string, string> = {};
  for (const [placeholder, image] of Object.entries(imagesOf(call))) {
    const answer = await call.send({
      url: apiUrl(call.endpoint.baseUrl, "", "/upload/image"),
      form: { fields: { type: "input" }, files: [{ ...image, name: "image" }] },
    });
    const name = isOk(answer) ? textAt(answer.json, "name") : null;
    if (name === null) return failedBy(answer, call, { expected: "the name of an uploaded image" });
    const folder = textAt(answer.json, "subfolder");
    names[placeholder] = folder === null ? name : `${folder}/${name}`;
  }
  return { names };
}

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const { baseUrl, options } = call.endpoint;
  const history = apiUrl(baseUrl, "", `/history/${encodeURIComponent(job.id)}`);
  const answer = await call.send({ url: history, method: "GET" });
  if (!isOk(answer) || answer.json === undefined) return failedBy(answer, call, { expected: "a history" });
  const entry = at(answer.json, job.id);
  if (entry === undefined) return { kind: "pending", job, afterMs: POLL_MS };
  const node = options !== null && "workflow" in options ? (options.output ?? "*") : "*";
  const places = KINDS.map((kind) => `outputs.${node}.${kind}.0`);
  const output = places.find((place) => textAt(entry, `${place}.filename`) !== null) ?? "";
  const filename = textAt(entry, `${output}.filename`);
  if (filename === null) {
    const status = textAt(entry, "status.status_str");
    if (status === "error") return failedBy({ ...answer, json: at(entry, "status") }, call, { failed: true });
    if (at(entry, "status.completed") === false) return { kind: "pending", job, afterMs: POLL_MS };
    return invalid(
      "The workflow ended without an output: it needs a node that saves one, such as SaveImage, and {{seed}}, since what was drawn before is not drawn again.",
    );
  }
  const view = new URL(apiUrl(baseUrl, "", "/view"));
  view.searchParams.set("filename", filename);
  view.searchParams.set("subfolder", textAt(entry, `${output}.subfolder`) ?? "");
  view.searchParams.set("type", textAt(entry, `${output}.type`) ?? "output");
  return { kind: "made", media: { url: view.href }, seedUsed: call.order.seed };
}
