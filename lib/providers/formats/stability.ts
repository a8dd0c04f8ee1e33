import {
  apiUrl,
  bearer,
  failedBy,
  mediaIn,
  isOk,
  noRatio,
  numberAt,
  ratioOf,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
} from "@/lib/providers/formats/format";
import { multipart } from "@/lib/providers/formats/multipart";

const RATIOS = ["16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21"];

/** Stability AI, core, ultra and the models of SD3: forms, not JSON, and a ratio at about a megapixel. */
export const STABILITY: WireFormat = { auth: bearer, submit };

async function submit(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order } = call;
  const ratio = ratioOf(call, RATIOS);
  if (ratio === null) return noRatio(call, RATIOS);
  const name = endpoint.providerModel;
  const isService = name === "core" || name === "ultra";
  const fields = saidFields({
    output_format: "png",
    ...order.extraFields,
    prompt: order.prompt,
    negative_prompt: order.negativePrompt,
    aspect_ratio: ratio,
    // 0 is random there.
    seed: order.seed === 0 ? null : order.seed,
    ...(!isService && { model: name, cfg_scale: order.guidance }),
  });
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "", `/v2beta/stable-image/generate/${isService ? name : "sd3"}`),
    body: multipart(fields as Record<string, string | number | boolean>),
  });
  const base64 = isOk(answer) ? textAt(answer.json, "image") : null;
  // A blurred image comes with a refusal: it is nobody's sample.
  const isFiltered = textAt(answer.json, "finish_reason") === "CONTENT_FILTERED";
  if (base64 === null || isFiltered) return failedBy(answer, call, { expected: "one in image" });
  return { kind: "made", media: mediaIn(base64, answer)!, seedUsed: numberAt(answer.json, "seed") };
}
