import {
  apiUrl,
  failedBy,
  isOk,
  madeOf,
  numberAt,
  saidFields,
  textAt,
  type FormatCall,
  type FormatReply,
  type WireFormat,
} from "@/lib/providers/formats/format";
import { base64Of } from "@/lib/providers/formats/sources";

/** AUTOMATIC1111, Forge, SD.Next: one image at a time, whatever is asked at once. A key is "user:password" of --api-auth. */
export const A1111: WireFormat = {
  auth: (key) => ({ authorization: `Basic ${Buffer.from(key).toString("base64")}` }),
  submit,
};

/** What stands for the checkpoint that is loaded already. */
const LOADED = "default";

async function submit(call: FormatCall): Promise<FormatReply> {
  const { endpoint, order, width, height } = call;
  const checkpoint = endpoint.providerModel;
  const sources = order.sources ?? [];
  const answer = await call.send({
    url: apiUrl(endpoint.baseUrl, "", sources.length === 0 ? "/sdapi/v1/txt2img" : "/sdapi/v1/img2img"),
    json: saidFields({
      ...order.extraFields,
      prompt: order.prompt,
      negative_prompt: order.negativePrompt,
      ...{ width, height, batch_size: 1, n_iter: 1 },
      seed: order.seed ?? -1,
      steps: order.steps,
      cfg_scale: order.guidance,
      ...(sources.length > 0 && {
        init_images: sources.map(base64Of),
        mask: order.mask && base64Of(order.mask),
      }),
      ...(checkpoint !== LOADED && { override_settings: { sd_model_checkpoint: checkpoint } }),
    }),
  });
  const base64 = isOk(answer) ? textAt(answer.json, "images.0") : null;
  if (base64 === null) return failedBy(answer, call, { expected: "one in images[0]" });
  return madeOf(base64, answer, { seedUsed: seedOf(textAt(answer.json, "info")) });
}

/** What was drawn is told in a text that is JSON once more. */
function seedOf(info: string | null): number | null {
  try {
    return numberAt(JSON.parse(info ?? "null"), "seed");
  } catch {
    return null;
  }
}
