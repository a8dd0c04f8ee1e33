import { bearer, inline, list, moderation, object, openAiError, post, usual } from "./answers";
import { KEY, type Asked, type Vendor } from "./vendor";

const edit = "image-edit" as const;
const named =
  (...names: string[]) =>
  (asked: Asked) =>
    names.flatMap((name) => asked.body[name] ?? []);
/** Files of a form, those of `mask` last. */
const filesBut = (mask: string) => (asked: Asked) => {
  const files = [...asked.files].sort((a, b) => Number(a.name === mask) - Number(b.name === mask));
  return files.map(({ bytes }) => bytes);
};
const KNOBS = "seed num_inference_steps guidance_scale negative_prompt response_format flow_shift";

/** Servers of images that begin with images. Each takes those that it was sent only under the names that the vendor has for them. */
export const EDITS: Vendor[] = [
  {
    format: "openai-images",
    task: edit,
    masked: true,
    model: "gpt-image-2",
    auth: bearer,
    fields: (body) => [body, "model prompt n size quality background output_format image image[] mask"],
    read: usual,
    sources: filesBut("mask"),
    isOrder: post("/v1/images/edits"),
    order: inline,
    refused: moderation,
  },
  {
    format: "azure-openai",
    task: edit,
    masked: true,
    model: "my-deployment",
    auth: ["api-key", KEY],
    fields: (body) => [body, "model prompt n size quality background output_format image image[] mask"],
    read: usual,
    sources: filesBut("mask"),
    isOrder: post("/openai/v1/images/edits"),
    order: inline,
    refused: { order: openAiError(400, "contentFilter", "Your task failed.") },
  },
  {
    format: "vllm-omni",
    task: edit,
    masked: true,
    model: "Qwen/Qwen-Image-Edit",
    auth: bearer,
    fields: (body) => [body, `model prompt n size image mask_image ${KNOBS}`],
    read: usual,
    sources: filesBut("mask_image"),
    isOrder: post("/v1/images/edits"),
    order: inline,
    refused: { order: { status: 400, json: { detail: "content policy" } } },
  },
  {
    format: "sglang",
    task: edit,
    masked: true,
    model: "Qwen/Qwen-Image-Edit",
    auth: bearer,
    fields: (body) => [body, `model prompt n size image image[] mask ${KNOBS}`],
    read: usual,
    sources: filesBut("mask"),
    isOrder: post("/v1/images/edits"),
    order: inline,
    refused: { order: { status: 400, json: { detail: "content policy" } } },
  },
  {
    format: "xai",
    task: edit,
    model: "grok-imagine-image",
    auth: bearer,
    fields: (body) => [body, "model prompt n aspect_ratio resolution response_format image"],
    unknownField: (name) => ({ status: 400, json: { error: `Argument not supported: ${name}` } }),
    read: usual,
    sources: ({ body }) => [object(body.image).url],
    isOrder: post("/v1/images/edits"),
    order: inline,
    refused: { order: { json: { data: [{ url: null, respect_moderation: false }] } } },
  },
  {
    format: "seedream",
    task: edit,
    model: "seedream-4-5",
    auth: bearer,
    fields: (body) => [body, "model prompt size watermark response_format output_format image"],
    read: usual,
    sources: named("image"),
    isOrder: post("/api/v3/images/generations"),
    order: inline,
    refused: {
      order: openAiError(400, "InputImageSensitiveContentDetected", "may contain sensitive content"),
    },
  },
  {
    format: "http",
    task: edit,
    masked: true,
    model: "m",
    options: {
      template: {
        text: "{{prompt}}",
        seed: "{{seed}}",
        size: "{{width}}x{{height}}",
        pictures: ["data:image/png;base64,{{image}}", "{{image_2}}"],
        where: "{{mask}}",
      },
      image: "picture",
    },
    auth: bearer,
    fields: (body) => [body, "text seed size pictures where"],
    read: ({ body }) => ({ prompt: body.text, seed: body.seed, size: body.size }),
    sources: ({ body }) => [...list(body.pictures), body.where],
    isOrder: post("/draw"),
    order: ({ url }) => ({ json: { picture: url } }),
    refused: { order: { status: 400, json: { error: "content policy" } } },
  },
  {
    format: "http",
    task: edit,
    masked: true,
    model: "form",
    options: {
      body: "multipart",
      template: {
        text: "{{prompt}}",
        seed: "{{seed}}",
        size: "{{width}}x{{height}}",
        first: "{{image}}",
        second: "{{image_2}}",
        where: "{{mask}}",
      },
    },
    auth: bearer,
    fields: (body) => [body, "text seed size first second where"],
    read: ({ body }) => ({ prompt: body.text, seed: body.seed, size: body.size }),
    sources: filesBut("where"),
    isOrder: post("/draw"),
    order: ({ image }) => ({ bytes: image }),
    refused: { order: { status: 400, json: { error: "content policy" } } },
  },
  {
    format: "a1111",
    task: edit,
    masked: true,
    model: "default",
    auth: ["authorization", `Basic ${Buffer.from(KEY).toString("base64")}`],
    read: ({ body }) => ({ ...usual({ body } as Asked), size: body }),
    sources: named("init_images", "mask"),
    isOrder: post("/sdapi/v1/img2img"),
    order: ({ base64 }) => ({ json: { images: [base64], info: JSON.stringify({ seed: 7 }) } }),
    refused: { order: { status: 422, json: { detail: "content policy" } } },
  },
  ...[
    { masked: true, sources: named("init_image", "ref_images", "mask_image") },
    { masked: false, sources: named("ref_images") },
  ].map((own): Vendor => ({
    ...own,
    format: "sd-cpp",
    task: edit,
    model: own.masked ? "inpainting" : "kontext",
    auth: bearer,
    read: ({ body }) => ({ prompt: body.prompt, seed: body.seed, size: body }),
    isOrder: post("/sdcpp/v1/img_gen"),
    order: ({ id }) => ({ status: 202, json: { id } }),
    poll: ({ base64, isReady }) => ({
      json: isReady
        ? { status: "completed", result: { images: [{ b64_json: base64 }] } }
        : { status: "generating" },
    }),
    refused: { poll: () => ({ json: { status: "failed", error: { code: "content_moderation" } } }) },
    cancel: ["POST", "/cancel"],
  })),
  {
    format: "comfyui",
    task: edit,
    masked: true,
    model: "flow",
    options: {
      workflow: {
        "1": { class_type: "LoadImage", inputs: { image: "{{image}}" } },
        "2": { class_type: "LoadImage", inputs: { image: "{{image_2}}" } },
        "3": { class_type: "KSampler", inputs: { seed: "{{seed}}" } },
        "4": { class_type: "LoadImageMask", inputs: { image: "{{mask}}" } },
        "6": { class_type: "CLIPTextEncode", inputs: { text: "{{prompt}}" } },
        "9": { class_type: "SaveImage", inputs: { images: ["8", 0] } },
      },
    },
    auth: bearer,
    upload: { path: "/upload/image", answer: (name) => ({ json: { name, subfolder: "", type: "input" } }) },
    read: ({ body }) => {
      const inputs = (node: string) => object(object(object(body.prompt)[node]).inputs);
      return { prompt: inputs("6").text, seed: inputs("3").seed };
    },
    uploaded: ({ body }) =>
      ["1", "2", "4"].map((node) => object(object(object(body.prompt)[node]).inputs).image),
    isOrder: post("/prompt"),
    order: ({ id }) => ({ json: { prompt_id: id } }),
    poll: ({ id, image, isReady }, { path }) =>
      path === "/view"
        ? { bytes: image }
        : { json: isReady ? { [id]: { outputs: { "9": { images: [{ filename: `${id}.png` }] } } } } : {} },
    refused: {
      poll: ({ id }) => ({
        json: {
          [id]: {
            outputs: {},
            status: { status_str: "error", messages: [["x", { exception_message: "NSFW" }]] },
          },
        },
      }),
    },
    cancel: ["POST", "/queue"],
  },
  {
    format: "bfl",
    task: edit,
    model: "flux-2-pro",
    auth: ["x-key", KEY],
    fields: (body) => [
      body,
      "prompt width height seed output_format input_image input_image_2 input_image_3",
    ],
    read: ({ body }) => ({ prompt: body.prompt, seed: body.seed, size: body }),
    sources: named("input_image", "input_image_2"),
    isOrder: post("/v1/flux-2-pro"),
    order: ({ id, origin }) => ({ json: { id, polling_url: `${origin}/v1/get_result?id=${id}` } }),
    poll: ({ id, url, isReady }) => ({
      json: { id, status: isReady ? "Ready" : "Pending", result: isReady ? { sample: url } : null },
    }),
    refused: { poll: ({ id }) => ({ json: { id, status: "Request Moderated" } }) },
  },
  {
    format: "fal",
    task: edit,
    masked: true,
    model: "fal-ai/flux-2/edit",
    auth: ["authorization", `Key ${KEY}`],
    fields: (body) => [body, "prompt image_size seed num_images output_format image_urls mask_url"],
    read: ({ body }) => ({ prompt: body.prompt, seed: body.seed, size: body.image_size }),
    sources: named("image_urls", "mask_url"),
    isOrder: post("/fal-ai/flux-2/edit"),
    order: ({ id, origin }) => ({
      json: {
        request_id: id,
        status_url: `${origin}/requests/${id}/status`,
        response_url: `${origin}/requests/${id}`,
        cancel_url: `${origin}/requests/${id}/cancel`,
      },
    }),
    poll: ({ url, isReady }, { path }) =>
      path.endsWith("/status")
        ? { json: { status: isReady ? "COMPLETED" : "IN_QUEUE" } }
        : { json: { images: [{ url }], seed: 7 } },
    refused: {
      poll: ({ url }, { path }) =>
        path.endsWith("/status")
          ? { json: { status: "COMPLETED" } }
          : { json: { images: [{ url }], has_nsfw_concepts: [true] } },
    },
    cancel: ["PUT", "/cancel"],
  },
  {
    format: "replicate",
    task: edit,
    model: "acme/flux-2-edit",
    auth: bearer,
    fields: ({ input }) => [
      object(input),
      "prompt seed width height aspect_ratio output_format input_images",
    ],
    read: ({ body }) => ({ ...usual({ body: object(body.input) } as unknown as Asked), size: body.input }),
    sources: ({ body }) => list(object(body.input).input_images),
    isOrder: post("/v1/models/acme/flux-2-edit/predictions"),
    order: ({ id, origin }) => ({
      status: 201,
      json: {
        id,
        status: "starting",
        urls: { get: `${origin}/v1/predictions/${id}`, cancel: `${origin}/v1/predictions/${id}/cancel` },
      },
    }),
    poll: ({ id, url, isReady, origin }) => ({
      json: {
        status: isReady ? "succeeded" : "processing",
        output: isReady ? url : null,
        urls: { get: `${origin}/v1/predictions/${id}` },
      },
    }),
    refused: { poll: () => ({ json: { status: "failed", error: "NSFW content detected" } }) },
    cancel: ["POST", "/cancel"],
  },
  {
    format: "gemini",
    task: edit,
    model: "gemini-3-pro-image",
    auth: ["x-goog-api-key", KEY],
    fields: ({ generationConfig }) => [object(generationConfig), "responseModalities seed imageConfig"],
    read: ({ body }) => ({
      prompt: JSON.stringify(partsOf(body).at(-1)),
      seed: object(body.generationConfig).seed,
    }),
    sources: ({ body }) =>
      partsOf(body)
        .filter((part) => part.inlineData !== undefined)
        .map(({ inlineData }) => object(inlineData).data),
    isOrder: post("/v1beta/models/gemini-3-pro-image:generateContent"),
    order: ({ base64 }) => ({
      json: {
        candidates: [{ finishReason: "STOP", content: { parts: [{ inlineData: { data: base64 } }] } }],
      },
    }),
    refused: { order: { json: { promptFeedback: { blockReason: "PROHIBITED_CONTENT" } } } },
  },
  {
    format: "stability",
    task: edit,
    masked: true,
    model: "sd3.5-large",
    auth: bearer,
    fields: (body) => [body, "prompt negative_prompt seed output_format image mask"],
    read: ({ body }) => ({ prompt: body.prompt, seed: body.seed }),
    sources: filesBut("mask"),
    isOrder: post("/v2beta/stable-image/edit/inpaint"),
    order: ({ base64 }) => ({ json: { image: base64, finish_reason: "SUCCESS", seed: 7 } }),
    refused: { order: { json: { image: "aGk=", finish_reason: "CONTENT_FILTERED" } } },
  },
  {
    format: "stability",
    task: edit,
    model: "sd3.5-medium",
    auth: bearer,
    fields: (body) => [body, "prompt negative_prompt seed output_format model cfg_scale mode strength image"],
    read: ({ body }) => ({ prompt: body.prompt, seed: body.seed }),
    sources: filesBut("mask"),
    isOrder: (asked) =>
      post("/v2beta/stable-image/generate/sd3")(asked) && asked.body.mode === "image-to-image",
    order: ({ base64 }) => ({ json: { image: base64, finish_reason: "SUCCESS", seed: 7 } }),
    refused: { order: { status: 403, json: { name: "content_moderation", errors: ["flagged"] } } },
  },
  {
    format: "dashscope",
    task: edit,
    model: "qwen-image-edit-plus",
    auth: bearer,
    fields: ({ parameters }) => [object(parameters), "size n seed negative_prompt prompt_extend watermark"],
    read: ({ body }) => ({
      prompt: contentOf(body).at(-1)!.text,
      seed: object(body.parameters).seed,
      size: object(body.parameters).size,
    }),
    sources: ({ body }) => contentOf(body).flatMap(({ image }) => image ?? []),
    isOrder: post("/api/v1/services/aigc/multimodal-generation/generation"),
    order: ({ url }) => ({ json: { output: { choices: [{ message: { content: [{ image: url }] } }] } } }),
    refused: { order: { json: { code: "DataInspectionFailed", message: "no" } } },
  },
  {
    format: "fireworks",
    task: edit,
    model: "accounts/fireworks/models/flux-kontext-pro",
    auth: bearer,
    fields: (body) => [body, "prompt aspect_ratio seed input_image"],
    read: ({ body }) => ({ prompt: body.prompt, seed: body.seed }),
    sources: named("input_image"),
    isOrder: post("/inference/v1/workflows/accounts/fireworks/models/flux-kontext-pro"),
    order: ({ id }) => ({ json: { request_id: id } }),
    poll: ({ url, isReady }) => ({
      json: isReady ? { status: "Ready", result: { sample: url } } : { status: "Pending" },
    }),
    refused: { poll: () => ({ json: { status: "Content Moderated" } }) },
  },
  {
    format: "runway",
    task: edit,
    model: "gen4_image",
    auth: bearer,
    fields: (body) => [body, "model promptText ratio seed referenceImages"],
    read: ({ body }) => ({ prompt: body.promptText, seed: body.seed, size: body.ratio }),
    sources: ({ body }) => list(body.referenceImages).map((image) => object(image).uri),
    isOrder: (asked) => post("/v1/text_to_image")(asked) && asked.headers["x-runway-version"] !== undefined,
    order: ({ id }) => ({ json: { id } }),
    poll: ({ url, isReady }) => ({
      json: isReady ? { status: "SUCCEEDED", output: [url] } : { status: "RUNNING" },
    }),
    refused: { poll: () => ({ json: { status: "FAILED", failureCode: "SAFETY.INPUT.IMAGE" } }) },
    cancel: ["DELETE", "/v1/tasks/"],
  },
];

const partsOf = (body: Asked["body"]) => list(object(list(body.contents)[0]).parts).map(object);
const contentOf = (body: Asked["body"]) =>
  list(object(list(object(body.input).messages)[0]).content).map(object);
