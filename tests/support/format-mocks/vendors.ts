import { bearer, inline, moderation, object, openAiError, post, usual } from "./answers";
import { EDITS } from "./edits";
import { KEY, type Asked, type Vendor } from "./vendor";
import { VIDEOS } from "./videos";

/** Servers of one path that answer at once. */
const DIRECT: Vendor[] = [
  {
    // As gpt-image models are: neither seed nor response_format is known.
    format: "openai-images",
    model: "gpt-image-2",
    auth: bearer,
    fields: (body) => [body, "model prompt n size quality background moderation output_format"],
    read: usual,
    isOrder: post("/v1/images/generations"),
    order: inline,
    refused: moderation,
    noCredit: openAiError(429, "insufficient_quota", "You exceeded your current quota."),
  },
  {
    format: "azure-openai",
    model: "my-deployment",
    auth: ["api-key", KEY],
    fields: (body) => [body, "model prompt n size quality background moderation output_format"],
    read: usual,
    isOrder: post("/openai/v1/images/generations"),
    order: inline,
    refused: {
      order: openAiError(400, "contentFilter", "Your task failed as a result of our safety system."),
    },
  },
  {
    format: "xai",
    model: "grok-imagine-image",
    auth: bearer,
    fields: (body) => [body, "model prompt n aspect_ratio resolution quality response_format"],
    unknownField: (name) => ({
      status: 400,
      json: { code: "Client specified an invalid argument", error: `Argument not supported: ${name}` },
    }),
    read: usual,
    isOrder: post("/v1/images/generations"),
    order: ({ base64 }) => ({
      json: {
        data: [{ b64_json: `data:image/jpeg;base64,${base64}` }],
        usage: { cost_in_usd_ticks: 500_000_000 },
      },
    }),
    refused: { order: { json: { data: [] } } },
  },
  {
    format: "together",
    model: "flux",
    auth: bearer,
    fields: (body) => [
      body,
      "model prompt n width height seed steps guidance_scale negative_prompt response_format output_format",
    ],
    read: ({ body }) => ({ ...usual({ body } as Asked), size: body }),
    isOrder: (asked) => post("/v1/images/generations")(asked) && asked.body.response_format === "base64",
    order: inline,
    refused: { order: { status: 422, json: { error: { type: "nsfw", message: "NSFW content was found" } } } },
  },
  {
    format: "openrouter",
    model: "google/gemini-3-pro-image",
    auth: bearer,
    fields: (body) => [body, "model prompt n aspect_ratio quality"],
    read: usual,
    isOrder: post("/api/v1/images"),
    order: ({ base64 }) => ({
      json: { data: [{ b64_json: base64, media_type: "image/png" }], usage: { cost: 0.04 } },
    }),
    refused: { order: { status: 403, json: { error: { code: 403, message: "Your input was flagged" } } } },
  },
  {
    format: "seedream",
    model: "seedream-4-5",
    auth: bearer,
    fields: (body) => [body, "model prompt size watermark response_format output_format"],
    read: usual,
    isOrder: post("/api/v3/images/generations"),
    order: inline,
    refused: {
      order: openAiError(400, "InputTextSensitiveContentDetected", "may contain sensitive content"),
    },
  },
  {
    // Answers with a file of its own, at a relative address that needs the key.
    format: "sglang",
    model: "Qwen/Qwen-Image",
    auth: bearer,
    fields: (body) => [
      body,
      "model prompt n size seed response_format num_inference_steps guidance_scale negative_prompt background",
    ],
    read: usual,
    isOrder: post("/v1/images/generations"),
    order: ({ id }) => ({ json: { id, created: 1, data: [{ url: `/v1/images/${id}/content` }] } }),
    poll: ({ image }) => ({ bytes: image }),
    answersAtOnce: true,
    refused: { order: { status: 400, json: { detail: "flagged by the safety checker: NSFW content" } } },
  },
  {
    format: "vllm-omni",
    model: "Qwen/Qwen-Image",
    auth: bearer,
    fields: (body) => [
      body,
      "model prompt n size seed response_format num_inference_steps guidance_scale negative_prompt flow_shift",
    ],
    read: usual,
    isOrder: post("/v1/images/generations"),
    order: inline,
    refused: { order: { status: 400, json: { detail: "content policy" } } },
  },
  {
    format: "minimax",
    model: "MiniMax-H3-Image",
    auth: bearer,
    fields: (body) => [body, "model prompt n size quality response_format background output_format"],
    read: usual,
    isOrder: post("/v1/images/generations"),
    order: inline,
    refused: moderation,
    noCredit: { status: 402, json: { error: { type: "insufficient_balance_error", message: "no" } } },
  },
  {
    format: "dashscope-openai",
    model: "qwen-image-3.0",
    auth: bearer,
    fields: (body) => [body, "model prompt n size seed response_format negative_prompt"],
    read: usual,
    isOrder: post("/compatible-mode/v1/images/generations"),
    order: inline,
    refused: {
      order: openAiError(400, "data_inspection_failed", "Output data may contain inappropriate content."),
    },
    noCredit: openAiError(
      400,
      "Arrearage",
      "Access denied, please make sure your account is in good standing.",
    ),
  },
  {
    format: "a1111",
    model: "default",
    auth: ["authorization", `Basic ${Buffer.from(KEY).toString("base64")}`],
    read: ({ body }) => ({ ...usual({ body } as Asked), size: body }),
    isOrder: post("/sdapi/v1/txt2img"),
    order: ({ base64 }) => ({
      json: { images: [base64], info: JSON.stringify({ seed: 7, all_seeds: [7] }) },
    }),
    refused: { order: { status: 422, json: { detail: "content policy" } } },
    wrongKey: { status: 401, json: { detail: "Incorrect username or password" } },
  },
  {
    format: "gemini",
    model: "gemini-3-pro-image",
    auth: ["x-goog-api-key", KEY],
    fields: ({ generationConfig }) => [object(generationConfig), "responseModalities seed imageConfig"],
    unknownField: (name) => ({
      status: 400,
      json: {
        error: {
          code: 400,
          message: `Unknown name "${name}": Cannot find field.`,
          status: "INVALID_ARGUMENT",
        },
      },
    }),
    read: ({ body }) => ({ prompt: JSON.stringify(body.contents), seed: object(body.generationConfig).seed }),
    isOrder: post("/v1beta/models/gemini-3-pro-image:generateContent"),
    order: ({ base64 }) => ({
      json: {
        candidates: [
          {
            finishReason: "STOP",
            content: {
              parts: [{ text: "Here it is." }, { inlineData: { mimeType: "image/png", data: base64 } }],
            },
          },
        ],
      },
    }),
    refused: { order: { json: { candidates: [{ finishReason: "IMAGE_SAFETY" }] } } },
  },
  {
    format: "stability",
    model: "sd3.5-large",
    auth: bearer,
    fields: (body) => [
      body,
      "prompt negative_prompt aspect_ratio seed output_format model cfg_scale style_preset",
    ],
    read: ({ body }) => ({ prompt: body.prompt, seed: body.seed }),
    isOrder: post("/v2beta/stable-image/generate/sd3"),
    order: ({ base64 }) => ({ json: { image: base64, finish_reason: "SUCCESS", seed: 7 } }),
    refused: { order: { json: { image: "aGk=", finish_reason: "CONTENT_FILTERED", seed: 7 } } },
    wrongKey: { status: 401, json: { id: "a", name: "unauthorized", errors: ["missing or invalid key"] } },
  },
  {
    format: "huggingface",
    model: "acme/m",
    auth: bearer,
    fields: ({ parameters }) => [
      object(parameters),
      "width height seed num_inference_steps guidance_scale negative_prompt",
    ],
    read: ({ body }) => ({ prompt: body.inputs, seed: object(body.parameters).seed, size: body.parameters }),
    isOrder: post("/hf-inference/models/acme/m"),
    order: ({ image }) => ({ bytes: image }),
    refused: { order: { status: 400, json: { error: "NSFW content" } } },
  },
];

/** Servers that take an order and are asked after it. */
const QUEUED: Vendor[] = [
  {
    format: "http",
    model: "m",
    options: {
      headers: { Authorization: "Token {{api_key}}" },
      template: {
        text: "{{prompt}}",
        seed: "{{seed}}",
        size: "{{width}}x{{height}}",
        not: "{{negative_prompt}}",
      },
      image: "result.picture",
      id: "ticket",
      pollUrl: "/tickets/{{id}}",
      status: "state",
      error: "reason",
      pollSeconds: 0.5,
    },
    auth: ["authorization", `Token ${KEY}`],
    fields: (body) => [body, "text seed size"],
    read: ({ body }) => ({ prompt: body.text, seed: body.seed, size: body.size }),
    isOrder: post("/draw"),
    order: ({ id }) => ({ json: { ticket: id, state: "waiting" } }),
    poll: ({ url, isReady }) => ({
      json: isReady ? { state: "Done", result: { picture: url } } : { state: "drawing" },
    }),
    refused: { poll: () => ({ json: { state: "failed", reason: "flagged by our content policy" } }) },
  },
  {
    format: "sd-cpp",
    model: "default",
    cancel: ["POST", "/cancel"],
    auth: bearer,
    read: ({ body }) => ({ prompt: body.prompt, seed: body.seed, size: body }),
    isOrder: post("/sdcpp/v1/img_gen"),
    order: ({ id }) => ({ status: 202, json: { id, poll_url: `/sdcpp/v1/jobs/${id}` } }),
    poll: ({ base64, isReady }) => ({
      json: isReady
        ? { status: "completed", result: { images: [{ b64_json: base64 }] } }
        : { status: "running" },
    }),
    refused: {
      poll: () => ({
        json: { status: "failed", error: { code: "content_policy_violation", message: "no" } },
      }),
    },
  },
  {
    format: "comfyui",
    model: "flow",
    options: {
      workflow: {
        "3": { class_type: "KSampler", inputs: { seed: "{{seed}}", steps: 4 } },
        "5": { class_type: "EmptyLatentImage", inputs: { width: "{{width}}", height: "{{height}}" } },
        "6": { class_type: "CLIPTextEncode", inputs: { text: "{{prompt}}" } },
        "9": { class_type: "SaveImage", inputs: { images: ["8", 0] } },
      },
    },
    cancel: ["POST", "/queue"],
    auth: bearer,
    read: ({ body }) => {
      const inputs = (node: string) => object(object(object(body.prompt)[node]).inputs);
      return { prompt: inputs("6").text, seed: inputs("3").seed, size: inputs("5") };
    },
    isOrder: post("/prompt"),
    order: ({ id }) => ({ json: { prompt_id: id, number: 1, node_errors: {} } }),
    poll: ({ id, image, isReady }, { path }) =>
      path === "/view"
        ? { bytes: image }
        : {
            json: isReady
              ? {
                  [id]: {
                    outputs: { "9": { images: [{ filename: `${id}.png`, subfolder: "", type: "output" }] } },
                    status: { status_str: "success", completed: true },
                  },
                }
              : {},
          },
    refused: {
      poll: ({ id }) => ({
        json: {
          [id]: {
            outputs: {},
            status: {
              status_str: "error",
              completed: false,
              messages: [["execution_error", { exception_message: "blocked: NSFW content" }]],
            },
          },
        },
      }),
    },
  },
  {
    format: "bfl",
    model: "flux-2-pro",
    auth: ["x-key", KEY],
    fields: (body) => [body, "prompt width height seed safety_tolerance output_format"],
    read: ({ body }) => ({ prompt: body.prompt, seed: body.seed, size: body }),
    isOrder: post("/v1/flux-2-pro"),
    order: ({ id, origin }) => ({ json: { id, polling_url: `${origin}/v1/get_result?id=${id}`, cost: 4 } }),
    poll: ({ id, url, isReady }) => ({
      json: { id, status: isReady ? "Ready" : "Pending", result: isReady ? { sample: url, seed: 7 } : null },
    }),
    refused: { poll: ({ id }) => ({ json: { id, status: "Content Moderated", result: null } }) },
  },
  {
    format: "fal",
    model: "fal-ai/flux",
    cancel: ["PUT", "/cancel"],
    auth: ["authorization", `Key ${KEY}`],
    fields: (body) => [
      body,
      "prompt image_size seed num_images output_format num_inference_steps guidance_scale negative_prompt",
    ],
    read: ({ body }) => ({ prompt: body.prompt, seed: body.seed, size: body.image_size }),
    isOrder: post("/fal-ai/flux"),
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
        ? { json: { status: isReady ? "COMPLETED" : "IN_PROGRESS" } }
        : { json: { images: [{ url }], seed: 7, has_nsfw_concepts: [false], timings: { inference: 0.5 } } },
    refused: {
      poll: (_drawing, { path }) =>
        path.endsWith("/status")
          ? { json: { status: "COMPLETED" } }
          : {
              status: 422,
              json: { detail: [{ loc: ["body", "prompt"], msg: "no", type: "content_policy_violation" }] },
            },
    },
    wrongKey: { status: 401, json: { detail: "Cannot access application" } },
    noCredit: { status: 403, json: { detail: "User is locked. Reason: Exhausted balance." } },
  },
  {
    format: "replicate",
    model: "acme/flux",
    cancel: ["POST", "/cancel"],
    auth: bearer,
    fields: ({ input }) => [
      object(input),
      "prompt seed width height aspect_ratio output_format num_inference_steps guidance",
    ],
    read: ({ body }) => ({ ...usual({ body: object(body.input) } as unknown as Asked), size: body.input }),
    isOrder: post("/v1/models/acme/flux/predictions"),
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
        id,
        status: isReady ? "succeeded" : "processing",
        output: isReady ? [url] : null,
        urls: { get: `${origin}/v1/predictions/${id}` },
      },
    }),
    refused: { poll: ({ id }) => ({ json: { id, status: "failed", error: "NSFW content detected" } }) },
    wrongKey: {
      status: 401,
      json: { title: "Unauthenticated", detail: "You did not pass a valid token", status: 401 },
    },
  },
  {
    format: "dashscope",
    model: "qwen-image-3.0",
    auth: bearer,
    fields: ({ parameters }) => [object(parameters), "size n seed negative_prompt prompt_extend watermark"],
    read: ({ body }) => ({
      prompt: JSON.stringify(body.input),
      seed: object(body.parameters).seed,
      size: object(body.parameters).size,
    }),
    isOrder: post("/api/v1/services/aigc/multimodal-generation/generation"),
    order: ({ url }) => ({
      json: { output: { choices: [{ message: { content: [{ image: url }] } }] }, usage: {} },
    }),
    refused: {
      order: {
        json: { code: "DataInspectionFailed", message: "Output data may contain inappropriate content." },
      },
    },
    tooFast: { status: 429, json: { code: "Throttling.RateQuota", message: "too fast" } },
    noCredit: { status: 400, json: { code: "Arrearage", message: "Access denied" } },
    wrongKey: { status: 401, json: { code: "InvalidApiKey", message: "Invalid API-key provided." } },
  },
  {
    format: "dashscope",
    model: "wan2.5-t2i",
    auth: bearer,
    read: ({ body }) => ({
      prompt: object(body.input).prompt,
      seed: object(body.parameters).seed,
      size: object(body.parameters).size,
    }),
    isOrder: (asked) =>
      post("/api/v1/services/aigc/text2image/image-synthesis")(asked) &&
      asked.headers["x-dashscope-async"] === "enable",
    order: ({ id }) => ({ json: { output: { task_id: id, task_status: "PENDING" } } }),
    poll: ({ url, isReady }) => ({
      json: {
        output: isReady ? { task_status: "SUCCEEDED", results: [{ url }] } : { task_status: "RUNNING" },
      },
    }),
    refused: {
      poll: () => ({
        json: { output: { task_status: "FAILED", code: "DataInspectionFailed", message: "no" } },
      }),
    },
  },
  {
    format: "fireworks",
    model: "accounts/fireworks/models/flux-1-dev-fp8",
    auth: bearer,
    fields: (body) => [body, "prompt aspect_ratio seed guidance_scale num_inference_steps"],
    read: ({ body }) => ({ prompt: body.prompt, seed: body.seed }),
    isOrder: post("/inference/v1/workflows/accounts/fireworks/models/flux-1-dev-fp8/text_to_image"),
    order: ({ image }) => ({ bytes: image }),
    refused: { order: { status: 400, json: { error: { message: "flagged by the safety system" } } } },
  },
  {
    format: "luma",
    model: "photon-1",
    cancel: ["DELETE", "/dream-machine/v1/generations/"],
    auth: bearer,
    fields: (body) => [body, "prompt model aspect_ratio format sync"],
    read: usual,
    isOrder: post("/dream-machine/v1/generations/image"),
    order: ({ id }) => ({ status: 201, json: { id, state: "queued" } }),
    poll: ({ id, url, isReady }) => ({
      json: { id, state: isReady ? "completed" : "dreaming", assets: isReady ? { image: url } : null },
    }),
    refused: {
      poll: ({ id }) => ({
        json: { id, state: "failed", failure_reason: "content moderation check failed" },
      }),
    },
    wrongKey: { status: 403, json: { detail: "Not authenticated" } },
  },
  {
    format: "runway",
    model: "gen4_image",
    cancel: ["DELETE", "/v1/tasks/"],
    auth: bearer,
    fields: (body) => [body, "model promptText ratio seed"],
    read: ({ body }) => ({ prompt: body.promptText, seed: body.seed, size: body.ratio }),
    isOrder: (asked) => post("/v1/text_to_image")(asked) && asked.headers["x-runway-version"] !== undefined,
    order: ({ id }) => ({ json: { id } }),
    poll: ({ id, url, isReady }) => ({
      json: isReady ? { id, status: "SUCCEEDED", output: [url] } : { id, status: "THROTTLED" },
    }),
    refused: {
      poll: ({ id }) => ({ json: { id, status: "FAILED", failure: "no", failureCode: "SAFETY.INPUT.TEXT" } }),
    },
  },
  {
    format: "kling",
    model: "kling-v2-1",
    auth: bearer,
    fields: (body) => [body, "model_name prompt aspect_ratio n"],
    read: usual,
    isOrder: post("/v1/images/generations"),
    order: ({ id }) => ({
      json: { code: 0, message: "SUCCEED", data: { task_id: id, task_status: "submitted" } },
    }),
    poll: ({ url, isReady }) => ({
      json: {
        code: 0,
        message: "SUCCEED",
        data: isReady
          ? { task_status: "succeed", task_result: { images: [{ index: 0, url }] } }
          : { task_status: "processing" },
      },
    }),
    refused: {
      poll: () => ({
        json: {
          code: 0,
          message: "SUCCEED",
          data: { task_status: "failed", task_status_msg: "sensitive content" },
        },
      }),
    },
    wrongKey: { status: 401, json: { code: 1000, message: "Authentication failed" } },
    noCredit: { status: 429, json: { code: 1102, message: "Account balance not enough" } },
  },
];

/** Servers that draw images of texts. */
export const VENDORS: Vendor[] = [...DIRECT, ...QUEUED];
/** All of them: of texts, of images, and of videos. */
export const ALL_VENDORS: Vendor[] = [...VENDORS, ...EDITS, ...VIDEOS];
