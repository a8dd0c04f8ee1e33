import {
  apiUrl,
  bearer,
  failedBy,
  isOk,
  rawMedia,
  saidFields,
  type WireFormat,
} from "@/lib/providers/formats/format";

/** Hugging Face's inference, by the router with a model's name, or a dedicated endpoint, whose address is the model. */
export const HUGGING_FACE: WireFormat = {
  auth: bearer,
  optional: ["seed"],
  async submit(call) {
    const { endpoint, order, width, height } = call;
    const { hostname } = new URL(endpoint.baseUrl);
    const isDedicated = hostname.endsWith(".endpoints.huggingface.cloud");
    const answer = await call.send({
      url: isDedicated
        ? endpoint.baseUrl
        : apiUrl(endpoint.baseUrl, "/hf-inference", `/models/${endpoint.providerModel}`),
      headers: { accept: "image/png, application/json" },
      json: {
        inputs: order.prompt,
        parameters: saidFields({
          ...order.extraFields,
          ...{ width, height },
          seed: order.seed,
          num_inference_steps: order.steps,
          guidance_scale: order.guidance,
          negative_prompt: order.negativePrompt,
        }),
      },
    });
    const image = isOk(answer) ? rawMedia(answer) : null;
    return image === null
      ? failedBy(answer, call, { expected: "the image alone" })
      : { kind: "made", media: image };
  },
};
