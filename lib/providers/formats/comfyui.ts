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
import { filled, valuesOf } from "@/lib/providers/formats/template";

const POLL_MS = 1_000;

/** ComfyUI: a workflow in its API format with placeholders is queued, and its history says where the image lies. */
export const COMFYUI: WireFormat = {
  auth: bearer,
  async submit(call) {
    const { options, baseUrl } = call.endpoint;
    if (options === null || !("workflow" in options)) throw new Error("The endpoint has no workflow.");
    const answer = await call.send({
      url: apiUrl(baseUrl, "", "/prompt"),
      json: { prompt: filled(options.workflow, valuesOf(call)), client_id: "salon" },
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

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const { baseUrl, options } = call.endpoint;
  const history = apiUrl(baseUrl, "", `/history/${encodeURIComponent(job.id)}`);
  const answer = await call.send({ url: history, method: "GET" });
  if (!isOk(answer) || answer.json === undefined) return failedBy(answer, call, { expected: "a history" });
  const entry = at(answer.json, job.id);
  if (entry === undefined) return { kind: "pending", job, afterMs: POLL_MS };
  const node = options !== null && "workflow" in options ? (options.output ?? "*") : "*";
  const image = `outputs.${node}.images.0`;
  const filename = textAt(entry, `${image}.filename`);
  if (filename === null) {
    const status = textAt(entry, "status.status_str");
    if (status === "error") return failedBy({ ...answer, json: at(entry, "status") }, call, { failed: true });
    if (at(entry, "status.completed") === false) return { kind: "pending", job, afterMs: POLL_MS };
    return invalid(
      "The workflow ended without an image: it needs a SaveImage node, and {{seed}}, since what was drawn before is not drawn again.",
    );
  }
  const view = new URL(apiUrl(baseUrl, "", "/view"));
  view.searchParams.set("filename", filename);
  view.searchParams.set("subfolder", textAt(entry, `${image}.subfolder`) ?? "");
  view.searchParams.set("type", textAt(entry, `${image}.type`) ?? "output");
  return { kind: "made", media: { url: view.href }, seedUsed: call.order.seed };
}
