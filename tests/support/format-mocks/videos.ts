import { bearer, list, object, usual } from "./answers";
import { KEY, type Asked, type Vendor } from "./vendor";

const post =
  (...paths: string[]) =>
  ({ method, path }: Asked) =>
    method === "POST" && paths.includes(path);
const field = (name: string) => (asked: Asked) => [asked.body[name]];
const files = ({ files }: Asked) => files.map(({ bytes }) => bytes);

/** A server of videos of texts, and where it tells how it takes a first frame, of those that begin with one. */
function video({ first, ...vendor }: VideoVendor): Vendor[] {
  const plain: Vendor = { ...vendor, task: "text-to-video" };
  const takesFirst = first !== undefined || vendor.upload !== undefined;
  return takesFirst ? [plain, { ...vendor, task: "image-to-video", sources: first }] : [plain];
}

const KNOBS = "seed num_inference_steps guidance_scale negative_prompt";
/** The videos format of OpenAI, whose file lies with the server itself. */
const openAi = (own: Pick<Vendor, "format" | "model" | "fields" | "isOrder">): VideoVendor => ({
  ...own,
  auth: bearer,
  read: usual,
  first: files,
  order: ({ id }) => ({ json: { id, object: "video", status: "queued", progress: 0 } }),
  poll: ({ id, image, isReady }, { path }) =>
    path.endsWith("/content")
      ? { bytes: image }
      : { json: { id, status: isReady ? "completed" : "in_progress", seconds: "4" } },
  refused: {
    poll: ({ id }) => ({
      json: { id, status: "failed", error: { code: "moderation_blocked", message: "blocked" } },
    }),
  },
  cancel: ["DELETE", "/v1/videos/"],
});
const isForm = ({ headers }: Asked) => headers["content-type"]?.startsWith("multipart/") ?? false;
const postVideos = post("/v1/videos");

type VideoVendor = Vendor & { first?: Vendor["sources"] };
const VENDORS: VideoVendor[] = [
  openAi({
    format: "openai-images",
    model: "sora-2",
    fields: (body) => [body, `model prompt seconds size input_reference ${KNOBS}`],
    isOrder: postVideos,
  }),
  openAi({
    format: "vllm-omni",
    model: "Wan-AI/Wan2.2",
    fields: (body) => [
      body,
      `model prompt seconds size width height fps num_frames input_reference ${KNOBS}`,
    ],
    isOrder: (asked) => postVideos(asked) && isForm(asked) && Number(asked.body.seconds) > 0,
  }),
  openAi({
    format: "sglang",
    model: "Wan-AI/Wan2.2",
    fields: (body) => [body, `model prompt seconds size fps num_frames input_reference ${KNOBS}`],
    // Its forms need a file.
    isOrder: (asked) => postVideos(asked) && isForm(asked) === asked.files.length > 0,
  }),
  {
    format: "xai",
    model: "grok-imagine-video",
    auth: bearer,
    fields: (body) => [body, "model prompt duration aspect_ratio resolution image"],
    read: usual,
    first: ({ body }) => [object(body.image).url],
    isOrder: post("/v1/videos/generations"),
    order: ({ id }) => ({ json: { request_id: id } }),
    poll: ({ url, isReady }) =>
      isReady
        ? { json: { status: "done", video: { url, duration: 8 }, usage: { cost_in_usd_ticks: 4e9 } } }
        : { status: 202, text: "" },
    refused: {
      poll: ({ url }) => ({ json: { status: "done", video: { url, respect_moderation: false } } }),
    },
  },
  {
    format: "together",
    model: "minimax/hailuo-02",
    auth: bearer,
    fields: (body) => [
      body,
      "model prompt negative_prompt width height seconds fps steps seed guidance_scale frame_images",
    ],
    read: usual,
    first: ({ body }) => list(body.frame_images).map((frame) => object(frame).input_image),
    isOrder: post("/v2/videos"),
    order: ({ id }) => ({ json: { id, status: "in_progress" } }),
    poll: ({ id, url, isReady }) => ({
      json: isReady
        ? { id, status: "completed", outputs: { video_url: url, cost: 0.3 } }
        : { id, status: "in_progress" },
    }),
    refused: {
      poll: ({ id }) => ({
        json: { id, status: "failed", error: { code: "content_moderation", message: "no" } },
      }),
    },
  },
  {
    format: "openrouter",
    model: "google/veo-3.1",
    auth: bearer,
    fields: (body) => [body, "model prompt duration aspect_ratio resolution seed frame_images"],
    read: usual,
    first: ({ body }) => list(body.frame_images).map((frame) => object(object(frame).image_url).url),
    isOrder: post("/api/v1/videos"),
    order: ({ id }) => ({
      status: 202,
      json: { id, polling_url: `/api/v1/videos/${id}`, status: "pending" },
    }),
    poll: ({ id, url, isReady, image }, { path }) =>
      path.endsWith("/content")
        ? { bytes: image }
        : {
            json: isReady ? { id, status: "completed", unsigned_urls: [url] } : { id, status: "in_progress" },
          },
    refused: { poll: ({ id }) => ({ json: { id, status: "failed", error: "Your input was flagged" } }) },
  },
  {
    format: "seedream",
    model: "seedance-1-5-pro",
    auth: bearer,
    fields: (body) => [body, "model content ratio resolution duration seed watermark"],
    read: ({ body }) => ({ prompt: object(list(body.content)[0]).text, seed: body.seed }),
    first: ({ body }) => [object(object(list(body.content)[1]).image_url).url],
    isOrder: post("/api/v3/contents/generations/tasks"),
    order: ({ id }) => ({ json: { id } }),
    poll: ({ id, url, isReady }) => ({
      json: isReady ? { id, status: "succeeded", content: { video_url: url } } : { id, status: "running" },
    }),
    refused: {
      poll: ({ id }) => ({
        json: {
          id,
          status: "failed",
          error: { code: "OutputVideoSensitiveContentDetected", message: "may contain sensitive content" },
        },
      }),
    },
    cancel: ["DELETE", "/api/v3/contents/generations/tasks/"],
  },
  {
    format: "minimax",
    model: "MiniMax-H3",
    auth: bearer,
    fields: (body) => [body, "model content resolution duration ratio"],
    read: ({ body }) => ({ prompt: object(list(body.content)[0]).text }),
    first: ({ body }) => [object(object(list(body.content)[1]).image_url).url],
    isOrder: post("/v2/video_generation"),
    order: ({ id }) => ({ json: { task_id: id } }),
    poll: ({ url, isReady }) => ({
      json: { task: isReady ? { status: "succeeded", content: { url } } : { status: "running" } },
    }),
    refused: {
      poll: () => ({
        json: {
          task: { status: "failed", error: { code: 1026, message: "input contains sensitive content" } },
        },
      }),
    },
  },
  {
    format: "http",
    model: "m",
    options: {
      template: { text: "{{prompt}}", seed: "{{seed}}", start: "{{image}}" },
      image: "clip",
      pollUrl: "$.poll",
      status: "state",
      pollSeconds: 0.5,
    },
    auth: bearer,
    fields: (body) => [body, "text seed start"],
    read: ({ body }) => ({ prompt: body.text, seed: body.seed }),
    first: field("start"),
    isOrder: post("/draw"),
    order: ({ id }) => ({ json: { poll: `/jobs/${id}`, state: "waiting" } }),
    poll: ({ url, isReady }) => ({ json: isReady ? { state: "done", clip: url } : { state: "waiting" } }),
    refused: { poll: () => ({ json: { state: "failed", message: "content policy" } }) },
  },
  {
    format: "sd-cpp",
    model: "wan",
    auth: bearer,
    read: usual,
    first: field("init_image"),
    isOrder: post("/sdcpp/v1/vid_gen"),
    order: ({ id }) => ({ status: 202, json: { id, kind: "vid_gen" } }),
    poll: ({ base64, isReady }) => ({
      json: isReady
        ? { status: "completed", result: { b64_json: base64, mime_type: "image/webp" } }
        : { status: "generating" },
    }),
    refused: { poll: () => ({ json: { status: "failed", error: { code: "content_moderation" } } }) },
    cancel: ["POST", "/cancel"],
  },
  {
    format: "comfyui",
    model: "flow",
    options: {
      workflow: {
        "1": { class_type: "LoadImage", inputs: { image: "{{image}}" } },
        "3": { class_type: "KSampler", inputs: { seed: "{{seed}}" } },
        "6": { class_type: "CLIPTextEncode", inputs: { text: "{{prompt}}" } },
        "9": { class_type: "VHS_VideoCombine", inputs: { images: ["8", 0] } },
      },
    },
    auth: bearer,
    upload: { path: "/upload/image", answer: (name) => ({ json: { name, subfolder: "salon" } }) },
    read: ({ body }) => {
      const inputs = (node: string) => object(object(object(body.prompt)[node]).inputs);
      return { prompt: inputs("6").text, seed: inputs("3").seed };
    },
    uploaded: ({ body }) => [object(object(object(body.prompt)["1"]).inputs).image],
    isOrder: post("/prompt"),
    order: ({ id }) => ({ json: { prompt_id: id } }),
    poll: ({ id, image, isReady }, { path }) =>
      path === "/view"
        ? { bytes: image }
        : { json: isReady ? { [id]: { outputs: { "9": { gifs: [{ filename: `${id}.mp4` }] } } } } : {} },
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
    model: "flux-3-video",
    auth: ["x-key", KEY],
    fields: (body) => [body, "mode prompt aspect_ratio duration resolution keyframes safety_tolerance"],
    read: usual,
    first: ({ body }) => (body.mode === "i2v" ? list(body.keyframes) : []),
    isOrder: post("/v1/flux-3-video"),
    order: ({ id, origin }) => ({ json: { id, polling_url: `${origin}/v1/get_result?id=${id}` } }),
    poll: ({ id, url, isReady }) => ({
      json: { id, status: isReady ? "Ready" : "Pending", cost: 40, result: isReady ? { sample: url } : null },
    }),
    refused: {
      poll: ({ id }) => ({ json: { id, status: "Content Moderated", details: "the output was moderated" } }),
    },
  },
  {
    format: "fal",
    model: "fal-ai/wan",
    auth: ["authorization", `Key ${KEY}`],
    fields: (body) => [body, `prompt aspect_ratio duration resolution image_url ${KNOBS}`],
    read: usual,
    first: field("image_url"),
    isOrder: post("/fal-ai/wan"),
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
        : { json: { video: { url }, seed: 7 } },
    refused: {
      poll: (_drawing, { path }) =>
        path.endsWith("/status")
          ? { json: { status: "COMPLETED" } }
          : { status: 422, json: { detail: [{ msg: "no", type: "content_policy_violation" }] } },
    },
    cancel: ["PUT", "/cancel"],
  },
  {
    format: "replicate",
    model: "acme/wan",
    auth: bearer,
    fields: ({ input }) => [object(input), `prompt aspect_ratio duration image ${KNOBS}`],
    read: ({ body }) => usual({ body: object(body.input) } as unknown as Asked),
    first: ({ body }) => [object(body.input).image],
    isOrder: post("/v1/models/acme/wan/predictions"),
    order: ({ id, origin }) => ({
      status: 201,
      json: {
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
    refused: { poll: () => ({ json: { status: "failed", error: "flagged as sensitive (E005)" } }) },
    cancel: ["POST", "/cancel"],
  },
  {
    format: "gemini",
    model: "veo-3.1-generate",
    size: "64x36",
    auth: ["x-goog-api-key", KEY],
    fields: ({ parameters }) => [
      object(parameters),
      "aspectRatio durationSeconds resolution seed negativePrompt sampleCount",
    ],
    read: ({ body }) => ({
      prompt: object(list(body.instances)[0]).prompt,
      seed: object(body.parameters).seed,
    }),
    first: ({ body }) => [object(object(list(body.instances)[0]).image).bytesBase64Encoded],
    isOrder: post("/v1beta/models/veo-3.1-generate:predictLongRunning"),
    order: ({ id }) => ({ json: { name: `models/veo-3.1-generate/operations/${id}` } }),
    poll: ({ id, image, isReady, origin }, { path }) =>
      path.includes("/files/")
        ? { bytes: image }
        : {
            json: isReady
              ? {
                  done: true,
                  response: {
                    generateVideoResponse: {
                      generatedSamples: [
                        { video: { uri: `${origin}/v1beta/files/${id}:download?alt=media` } },
                      ],
                    },
                  },
                }
              : { name: `operations/${id}` },
          },
    refused: {
      poll: () => ({
        json: {
          done: true,
          response: {
            generateVideoResponse: { raiMediaFilteredReasons: ["We could not make it: it shows a person."] },
          },
        },
      }),
    },
  },
  ...[
    { model: "wan2.7-t2v", known: "resolution ratio" },
    { model: "wan2.5-t2v", known: "size resolution" },
  ].map(({ model, known }): VideoVendor => ({
    format: "dashscope",
    model,
    auth: bearer,
    fields: ({ parameters }: Record<string, unknown>): [object, string] => [
      object(parameters),
      `${known} duration seed prompt_extend watermark`,
    ],
    read: ({ body }: Asked) => ({ prompt: object(body.input).prompt, seed: object(body.parameters).seed }),
    first: ({ body }: Asked) => [object(body.input).img_url],
    isOrder: (asked: Asked) =>
      post("/api/v1/services/aigc/video-generation/video-synthesis")(asked) &&
      asked.headers["x-dashscope-async"] === "enable",
    order: ({ id }) => ({ json: { output: { task_id: id, task_status: "PENDING" } } }),
    poll: ({ url, isReady }) => ({
      json: { output: isReady ? { task_status: "SUCCEEDED", video_url: url } : { task_status: "RUNNING" } },
    }),
    refused: {
      poll: () => ({
        json: { output: { task_status: "FAILED", code: "DataInspectionFailed", message: "no" } },
      }),
    },
  })),
  {
    format: "luma",
    model: "ray-2",
    auth: bearer,
    fields: (body) => [body, "prompt model aspect_ratio duration resolution"],
    read: usual,
    isOrder: post("/dream-machine/v1/generations"),
    order: ({ id }) => ({ status: 201, json: { id, state: "queued", assets: null } }),
    poll: ({ id, url, isReady }) => ({
      json: { id, state: isReady ? "completed" : "dreaming", assets: isReady ? { video: url } : null },
    }),
    refused: {
      poll: ({ id }) => ({ json: { id, state: "failed", failure_reason: "content moderation failed" } }),
    },
    cancel: ["DELETE", "/dream-machine/v1/generations/"],
  },
  {
    format: "runway",
    model: "gen4.5",
    size: "1280x720",
    auth: bearer,
    fields: (body) => [body, "model promptText promptImage ratio duration seed"],
    read: ({ body }) => ({ prompt: body.promptText, seed: body.seed }),
    first: field("promptImage"),
    isOrder: (asked) =>
      post(asked.body.promptImage === undefined ? "/v1/text_to_video" : "/v1/image_to_video")(asked) &&
      Number(asked.body.duration) > 0,
    order: ({ id }) => ({ json: { id } }),
    poll: ({ url, isReady }) => ({
      json: isReady ? { status: "SUCCEEDED", output: [url] } : { status: "THROTTLED" },
    }),
    refused: { poll: () => ({ json: { status: "FAILED", failureCode: "SAFETY.OUTPUT.VIDEO" } }) },
    cancel: ["DELETE", "/v1/tasks/"],
  },
  {
    format: "kling",
    model: "kling-v2-6",
    auth: bearer,
    fields: (body) => [body, "model_name prompt negative_prompt cfg_scale mode duration aspect_ratio image"],
    read: usual,
    first: field("image"),
    isOrder: (asked) =>
      post(asked.body.image === undefined ? "/v1/videos/text2video" : "/v1/videos/image2video")(asked),
    order: ({ id }) => ({ json: { code: 0, data: { task_id: id, task_status: "submitted" } } }),
    poll: ({ url, isReady }, { path }) =>
      /\/videos\/(text|image)2video\//.test(path)
        ? {
            json: {
              code: 0,
              data: isReady
                ? { task_status: "succeed", task_result: { videos: [{ url }] } }
                : { task_status: "processing" },
            },
          }
        : null,
    refused: {
      poll: () => ({
        json: { code: 0, data: { task_status: "failed", task_status_msg: "sensitive content" } },
      }),
    },
  },
];

/** Servers of videos. */
export const VIDEOS: Vendor[] = VENDORS.flatMap(video);
