import { randomInt } from "node:crypto";
import type { MediaResponse } from "@/lib/providers/guarded-client";
import {
  apiUrl,
  failedBy,
  isOk,
  numberAt,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type ProviderJob,
  type Route,
} from "@/lib/providers/formats/format";
import { firstSource, secondsOf } from "@/lib/providers/formats/sources";
import { requestFacts } from "@/lib/schemas/formats/task-facts";

/** In what a server's videos format differs from OpenAI's. */
interface Dialect {
  /** Whether requests are forms, also without a file. */
  form?: "always";
  /** Whether a request without a seed is drawn from the same one each time: then it gets one of ours. */
  drawsSeed?: boolean;
}

const POLL_MS = 2_000;
const PATH = "/videos";

/** OpenAI's videos format: POST {base}/videos, GET {base}/videos/{id}, and the file at {base}/videos/{id}/content, with the key. */
export const openAiVideos = (dialect: Dialect = {}): Route => ({
  submit: (call) => submit(call, dialect),
  poll,
  async cancel(job, call) {
    await call.send({ url: videoUrl(job, call), method: "DELETE" });
  },
});
export const OPENAI_VIDEOS = openAiVideos();

const videoUrl = ({ id }: ProviderJob, { endpoint }: FormatCall) =>
  apiUrl(endpoint.baseUrl, "/v1", `${PATH}/${encodeURIComponent(id)}`);

async function submit(call: FormatCall, { form, drawsSeed = false }: Dialect): Promise<FormatReply> {
  const { endpoint, order, task } = call;
  const names = requestFacts(endpoint.format, task);
  const seconds = secondsOf(call);
  const seed = order.seed ?? (drawsSeed ? randomInt(2 ** 31) : null);
  const first = firstSource(call);
  const fields = saidFields({
    ...order.extraFields,
    model: endpoint.providerModel,
    prompt: order.prompt,
    size: order.size,
    seconds: seconds === null ? null : String(seconds),
    seed,
    ...(names.steps !== null && { [names.steps]: order.steps }),
    ...(names.guidance !== null && { [names.guidance]: order.guidance }),
    ...(names.negativePrompt !== null && { [names.negativePrompt]: order.negativePrompt }),
  });
  const files = first === null ? [] : [{ ...first, name: "input_reference" }];
  const isForm = form === "always" || first !== null;
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "/v1", PATH),
    ...(isForm ? { form: { fields, files } } : { json: fields }),
  });
  const reply = read(answer, call, null);
  if (reply.kind !== "pending" || !drawsSeed || order.seed !== null) return reply;
  return { ...reply, job: { ...reply.job, seed: String(seed) } };
}

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  return read(await call.send({ url: videoUrl(job, call), method: "GET" }), call, job);
}

/** @param job null: of the answer to the order itself */
function read(answer: MediaResponse, call: FormatCall, job: ProviderJob | null): FormatReply {
  const { json } = answer;
  const [id, status] = ["id", "status"].map((path) => (isOk(answer) ? textAt(json, path) : null));
  if (status === null || (id === null && job === null))
    return failedBy(answer, call, { expected: "id and status" });
  const known = job ?? { id: id! };
  if (status === "failed" || status === "cancelled") return failedBy(answer, call, { failed: true });
  if (status !== "completed") return { kind: "pending", job: known, afterMs: POLL_MS };
  const seconds = numberAt(json, "inference_time_s");
  return {
    kind: "made",
    media: { url: `${videoUrl(known, call)}/content` },
    seedUsed: numberAt(json, "seed") ?? (known.seed === undefined ? null : Number(known.seed)),
    costUsd: numberAt(json, "usage.cost"),
    inferenceMs: seconds === null ? numberAt(json, "salon.computeMs") : seconds * 1000,
  };
}
