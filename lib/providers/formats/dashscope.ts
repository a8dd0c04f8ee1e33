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

const POLL_MS = 3_000;

/**
 * Alibaba's DashScope: qwen-image and wan2.6 on at once, wan up to 2.5 and qwen-image-plus by a task. Errors come on HTTP 200 too,
 * keys are of one region, and prompts are rewritten unless that is refused.
 */
export const DASHSCOPE: WireFormat = {
  auth: bearer,
  optional: ["seed", "prompt_extend"],
  submit: (call) => (isOlder(call.endpoint.providerModel) ? submitTask(call) : submitMessage(call)),
  poll,
};

const isOlder = (model: string) => /^(wanx?2\.[0-5]|wanx|wan2\.[0-5]|qwen-image-plus|flux)/i.test(model);

const parametersOf = ({ order, width, height }: FormatCall) =>
  saidFields({
    prompt_extend: false,
    watermark: false,
    ...order.extraFields,
    size: `${width}*${height}`,
    n: 1,
    seed: order.seed,
  });

async function submitMessage(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order } = call;
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "", "/api/v1/services/aigc/multimodal-generation/generation"),
    json: {
      model: endpoint.providerModel,
      input: { messages: [{ role: "user", content: [{ text: order.prompt }] }] },
      parameters: saidFields({ ...parametersOf(call), negative_prompt: order.negativePrompt }),
    },
  });
  const url = isOk(answer) ? textAt(answer.json, "output.choices.*.message.content.*.image") : null;
  if (url === null || textAt(answer.json, "code") !== null)
    return failedBy(answer, call, { expected: "one in output.choices[0].message.content[0].image" });
  return { kind: "made", media: mediaIn(url, answer)! };
}

async function submitTask(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order } = call;
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "", "/api/v1/services/aigc/text2image/image-synthesis"),
    headers: { "x-dashscope-async": "enable" },
    json: {
      model: endpoint.providerModel,
      input: saidFields({ prompt: order.prompt, negative_prompt: order.negativePrompt }),
      parameters: parametersOf(call),
    },
  });
  const id = isOk(answer) ? textAt(answer.json, "output.task_id") : null;
  if (id === null) return failedBy(answer, call, { expected: "output.task_id" });
  return { kind: "pending", job: { id }, afterMs: POLL_MS };
}

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const url = apiUrl(call.endpoint.baseUrl, "", `/api/v1/tasks/${encodeURIComponent(job.id)}`);
  const answer = await call.send({ url, method: "GET" });
  const status = isOk(answer) ? textAt(answer.json, "output.task_status") : null;
  if (status === null) return failedBy(answer, call, { expected: "output.task_status" });
  if (status === "PENDING" || status === "RUNNING") return { kind: "pending", job, afterMs: POLL_MS };
  const image = textAt(answer.json, "output.results.*.url");
  if (status !== "SUCCEEDED" || image === null) return failedBy(answer, call, { failed: true });
  return {
    kind: "made",
    media: mediaIn(image, answer)!,
    revisedPrompt: textAt(answer.json, "output.results.0.actual_prompt"),
  };
}
