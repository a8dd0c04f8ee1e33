import {
  apiUrl,
  bearer,
  failedBy,
  mediaIn,
  isOk,
  noRatio,
  ratioOf,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
} from "@/lib/providers/formats/format";

const RATIOS = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];

/** Gemini's own format, and Vertex AI's, whose key is an OAuth token. A size is a ratio and a class: what comes is recorded. */
export const GEMINI: WireFormat = {
  auth: (key, { baseUrl }) =>
    new URL(baseUrl).hostname.endsWith("-aiplatform.googleapis.com")
      ? bearer(key)
      : { "x-goog-api-key": key },
  optional: ["seed", "imageSize"],
  submit,
};

async function submit(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order, width, height } = call;
  const aspectRatio = ratioOf(call, RATIOS);
  if (aspectRatio === null) return noRatio(call, RATIOS);
  const side = Math.sqrt(width * height);
  const imageSize = side > 3_000 ? "4K" : side > 1_500 ? "2K" : "1K";
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "/v1beta", `/models/${endpoint.providerModel}:generateContent`),
    json: {
      contents: [{ role: "user", parts: [{ text: order.prompt }] }],
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
  return { kind: "made", media: mediaIn(base64, answer)!, seedUsed: null };
}
