import {
  apiUrl,
  bearer,
  failedBy,
  isOk,
  madeOf,
  noRatio,
  numberAt,
  ratioOf,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
} from "@/lib/providers/formats/format";
import { firstSource } from "@/lib/providers/formats/sources";

const RATIOS = ["16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21"];
/** How much of an image an edit without a mask may change; it must be said. */
const STRENGTH = 0.7;

/** Stability AI, core, ultra and the models of SD3: forms, not JSON, and a ratio at about a megapixel. An edit has its image's. */
export const STABILITY: WireFormat = { auth: bearer, submit };

async function submit(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order } = call;
  const first = firstSource(call);
  const ratio = ratioOf(call, RATIOS);
  if (ratio === null && first === null) return noRatio(call, RATIOS);
  const name = endpoint.providerModel;
  const isService = name === "core" || name === "ultra";
  const isInpainted = Boolean(order.mask);
  const service = isInpainted ? "edit/inpaint" : `generate/${isService ? name : "sd3"}`;
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "", `/v2beta/stable-image/${service}`),
    form: {
      fields: saidFields({
        output_format: "png",
        ...(first !== null && !isInpainted && { strength: STRENGTH }),
        ...order.extraFields,
        ...(first === null && { aspect_ratio: ratio }),
        ...(first !== null && !isInpainted && !isService && { mode: "image-to-image" }),
        prompt: order.prompt,
        negative_prompt: order.negativePrompt,
        // 0 is random there.
        seed: order.seed === 0 ? null : order.seed,
        ...(!isService && !isInpainted && { model: name, cfg_scale: order.guidance }),
      }),
      files: [
        ...(first === null ? [] : [{ ...first, name: "image" }]),
        ...(order.mask ? [{ ...order.mask, name: "mask" }] : []),
      ],
    },
  });
  const base64 = isOk(answer) ? textAt(answer.json, "image") : null;
  // A blurred image comes with a refusal: it is nobody's sample.
  const isFiltered = textAt(answer.json, "finish_reason") === "CONTENT_FILTERED";
  if (base64 === null || isFiltered) return failedBy(answer, call, { expected: "one in image" });
  return madeOf(base64, answer, { seedUsed: numberAt(answer.json, "seed") });
}
