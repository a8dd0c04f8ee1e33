import {
  apiUrl,
  bearer,
  failedBy,
  isOk,
  linesOf,
  madeOf,
  noRatio,
  ratioOf,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type ProviderJob,
  type WireFormat,
} from "@/lib/providers/formats/format";
import { dataUrlOf, firstSource, secondsOf } from "@/lib/providers/formats/sources";
import { progress, taken, type Ticket } from "@/lib/providers/formats/ticket";

const TICKET: Ticket = {
  id: "output.task_id",
  status: "output.task_status",
  done: ["SUCCEEDED"],
  failed: ["FAILED", "CANCELED", "UNKNOWN"],
  output: ["output.results.*.url", "output.video_url"],
  pollMs: 3_000,
};
const RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4"];
const ASYNC = { "x-dashscope-async": "enable" };

/**
 * Alibaba's DashScope: qwen-image and wan2.6 on at once, wan up to 2.5, qwen-image-plus and videos by a task. Errors come on HTTP 200
 * too, keys are of one region, and prompts are rewritten unless that is refused.
 */
export const DASHSCOPE: WireFormat = {
  auth: bearer,
  optional: ["seed", "prompt_extend"],
  submit: (call) =>
    isOlder(call.endpoint.providerModel) && call.task !== "image-edit"
      ? submitTask(call)
      : submitMessage(call),
  poll,
  video: { submit: submitVideo, poll },
};

const isOlder = (model: string) => /^(wanx?2\.[0-5]|wanx|wan2\.[0-5]|qwen-image-plus|flux)/i.test(model);
/** Their videos are told pixels; newer ones a ratio and a resolution. */
const takesPixels = (model: string) => /^wanx?2\.[0-6]/i.test(model);

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
  const images = (order.sources ?? []).map((source) => ({ image: dataUrlOf(source) }));
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "", "/api/v1/services/aigc/multimodal-generation/generation"),
    json: {
      model: endpoint.providerModel,
      input: { messages: [{ role: "user", content: [...images, { text: order.prompt }] }] },
      parameters: saidFields({ ...parametersOf(call), negative_prompt: order.negativePrompt }),
    },
  });
  const url = isOk(answer) ? textAt(answer.json, "output.choices.*.message.content.*.image") : null;
  if (url === null || textAt(answer.json, "code") !== null)
    return failedBy(answer, call, { expected: "one in output.choices[0].message.content[0].image" });
  return madeOf(url, answer);
}

async function submitTask(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order } = call;
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "", "/api/v1/services/aigc/text2image/image-synthesis"),
    headers: ASYNC,
    json: {
      model: endpoint.providerModel,
      input: saidFields({ prompt: order.prompt, negative_prompt: order.negativePrompt }),
      parameters: parametersOf(call),
    },
  });
  return taken(answer, call, TICKET);
}

async function submitVideo(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order, width, height } = call;
  const first = firstSource(call);
  const ratio = ratioOf(call, RATIOS);
  const byPixels = takesPixels(endpoint.providerModel);
  if (ratio === null && first === null && !byPixels) return noRatio(call, RATIOS);
  const resolution = linesOf(call, ["480P", "720P", "1080P"]);
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "", "/api/v1/services/aigc/video-generation/video-synthesis"),
    headers: ASYNC,
    json: {
      model: endpoint.providerModel,
      input: saidFields({
        prompt: order.prompt,
        negative_prompt: order.negativePrompt,
        img_url: first && dataUrlOf(first),
      }),
      parameters: saidFields({
        prompt_extend: false,
        watermark: false,
        ...order.extraFields,
        // Beside a first frame there is no ratio: the frame has one.
        ...(first !== null
          ? { resolution }
          : byPixels
            ? { size: `${width}*${height}` }
            : { resolution, ratio }),
        duration: secondsOf(call),
        seed: order.seed,
      }),
    },
  });
  return taken(answer, call, TICKET);
}

async function poll(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const url = apiUrl(call.endpoint.baseUrl, "", `/api/v1/tasks/${encodeURIComponent(job.id)}`);
  const answer = await call.send({ url, method: "GET" });
  const prompt =
    textAt(answer.json, "output.results.0.actual_prompt") ?? textAt(answer.json, "output.actual_prompt");
  return progress(answer, call, job, TICKET, { revisedPrompt: prompt });
}
