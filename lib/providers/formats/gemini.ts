import {
  apiUrl,
  at,
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
  type Route,
  type WireFormat,
} from "@/lib/providers/formats/format";
import { base64Of, firstSource, secondsOf } from "@/lib/providers/formats/sources";

const RATIOS = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];
const VIDEO_RATIOS = ["16:9", "9:16"];
const POLL_MS = 10_000;

/** Veo: an operation that is asked after until it is done. Its file lies at the same origin and needs the key. */
const VEO: Route = { submit: submitVideo, poll: pollVideo };

/** Gemini's own format, and Vertex AI's, whose key is an OAuth token. A size is a ratio and a class: what comes is recorded. */
export const GEMINI: WireFormat = {
  auth: (key, { baseUrl }) =>
    new URL(baseUrl).hostname.endsWith("-aiplatform.googleapis.com")
      ? bearer(key)
      : { "x-goog-api-key": key },
  optional: ["seed", "imageSize"],
  submit,
  video: VEO,
};

async function submit(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order, width, height } = call;
  const aspectRatio = ratioOf(call, RATIOS);
  if (aspectRatio === null) return noRatio(call, RATIOS);
  const side = Math.sqrt(width * height);
  const imageSize = side > 3_000 ? "4K" : side > 1_500 ? "2K" : "1K";
  const sources = (order.sources ?? []).map((source) => ({
    inlineData: { mimeType: source.mediaType, data: base64Of(source) },
  }));
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "/v1beta", `/models/${endpoint.providerModel}:generateContent`),
    json: {
      contents: [{ role: "user", parts: [...sources, { text: order.prompt }] }],
      generationConfig: saidFields({
        ...order.extraFields,
        responseModalities: ["IMAGE"],
        seed: order.seed,
        imageConfig: { aspectRatio, imageSize },
      }),
    },
  });
  const base64 = isOk(answer) ? textAt(answer.json, "candidates.0.content.parts.*.inlineData.data") : null;
  if (base64 === null)
    return failedBy(answer, call, { expected: "inlineData in candidates[0].content.parts" });
  return madeOf(base64, answer);
}

async function submitVideo(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order } = call;
  const aspectRatio = ratioOf(call, VIDEO_RATIOS);
  if (aspectRatio === null) return noRatio(call, VIDEO_RATIOS);
  const first = firstSource(call);
  const image = first && { bytesBase64Encoded: base64Of(first), mimeType: first.mediaType };
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "/v1beta", `/models/${endpoint.providerModel}:predictLongRunning`),
    json: {
      instances: [saidFields({ prompt: order.prompt, image })],
      parameters: saidFields({
        ...order.extraFields,
        aspectRatio,
        resolution: linesOf(call, ["720p", "1080p"]),
        durationSeconds: secondsOf(call),
        seed: order.seed,
        negativePrompt: order.negativePrompt,
      }),
    },
  });
  const name = isOk(answer) ? textAt(answer.json, "name") : null;
  if (name === null) return failedBy(answer, call, { expected: "the name of an operation" });
  return { kind: "pending", job: { name }, afterMs: POLL_MS };
}

async function pollVideo(job: ProviderJob, call: FormatCall): Promise<FormatReply> {
  const url = apiUrl(call.endpoint.baseUrl, "/v1beta", `/${job.name}`);
  const answer = await call.send({ url, method: "GET" });
  const { json } = answer;
  if (!isOk(answer) || json === undefined) return failedBy(answer, call);
  if (at(json, "done") !== true) return { kind: "pending", job, afterMs: POLL_MS };
  const video =
    textAt(json, "response.generateVideoResponse.generatedSamples.*.video.uri") ??
    textAt(json, "response.videos.*.bytesBase64Encoded");
  if (video === null) return failedBy(answer, call, { failed: true });
  return madeOf(video, answer);
}
