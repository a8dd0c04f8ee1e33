import { ApiError } from "@/generation/http/api-error";
import { newRoutes } from "@/generation/http/app";
import { MOST_CLIP_FRAMES } from "@/generation/clips/frame-counts";
import { isFramewise, videoSizesOf, type VideoCard } from "@/generation/clips/video-card";
import { samplersOf, sizesOf, type EnhancerCard, type ModelCard } from "@/generation/model-card";
import type { JudgeCard } from "@/generation/judge/judge-card";
import type { JudgeLibrary } from "@/generation/judge/judge-library";
import type { ModelLibrary } from "@/generation/model-library";
import { CLIP_FPS } from "@/lib/schemas/stack/clip";
import { invalidValue } from "./parse-body";

/** The path that answers for each kind of model. */
const ENDPOINTS = {
  image: "/v1/images/generations",
  video: "/v1/videos",
  text: "/v1/completions",
  judge: "/v1/chat/completions",
};

/** GET /v1/models and /v1/models/:id: OpenAI's model objects, each with a `salon` object of facts. */
export function modelRoutes(library: ModelLibrary, judges: JudgeLibrary) {
  const all = () => [
    ...library.list().map(describeModel),
    ...library.videos.list().map(describeVideoModel),
    ...library.listEnhancers().map(describeEnhancer),
    ...judges.list().map(describeJudge),
  ];
  return newRoutes()
    .get("/v1/models", (c) => c.json({ object: "list", data: all() }))
    .get("/v1/models/:id", (c) => {
      const wanted = c.req.param("id");
      const model = all().find(({ id }) => id === wanted);
      if (!model) throw unknownModel(wanted, 404);
      return c.json(model);
    });
}

/** The model a request wants to draw with. @throws ApiError 400 that names the parameter */
export function findCard(library: ModelLibrary, id: string): ModelCard {
  const card = library.card(id);
  if (card) return card;
  throw otherModel(library, id, "draws no images");
}

/** The model a request wants a video of. @throws ApiError 400 that names the parameter */
export function findVideoCard(library: ModelLibrary, id: string): VideoCard {
  const card = library.videos.card(id);
  if (card) return card;
  throw otherModel(library, id, "draws no videos");
}

/** The prompt enhancer a request wants. @throws ApiError 400 that names the parameter */
export function findEnhancer(library: ModelLibrary, id: string): EnhancerCard {
  const card = library.enhancer(id);
  if (card) return card;
  throw otherModel(library, id, "writes no text");
}

/** Why a model does not do what it is asked for: it does another thing, or there is none of that name. */
function otherModel(library: ModelLibrary, id: string, lack: string): ApiError {
  const endpoint = library.card(id)
    ? ENDPOINTS.image
    : library.videos.card(id)
      ? ENDPOINTS.video
      : library.enhancer(id)
        ? ENDPOINTS.text
        : null;
  return endpoint === null
    ? unknownModel(id, 400)
    : invalidValue("model", `'${id}' ${lack}, it answers ${endpoint}`);
}

/** The judge a request wants. @throws ApiError 400 that names the parameter */
export function findJudge(judges: JudgeLibrary, id: string): JudgeCard {
  const card = judges.card(id);
  if (card) return card;
  throw unknownModel(id, 400, "is no judge here");
}

function unknownModel(id: string, status: 400 | 404, what = "does not exist"): ApiError {
  return new ApiError(status, "model_not_found", `The model '${id.slice(0, 100)}' ${what}.`, {
    param: "model",
  });
}

/** `endpoint` tells clients which of the paths a model answers, `task` what it does there. */
function describe(card: ModelCard | EnhancerCard | VideoCard, endpoint: string, task: string, facts: object) {
  return {
    id: card.id,
    object: "model",
    created: Date.parse(card.released) / 1000,
    owned_by: card.creator,
    salon: {
      endpoint,
      task,
      name: card.name,
      creator: card.creator,
      paradigm: card.paradigm,
      architecture: card.architecture,
      representation: card.representation,
      text_conditioning: card.textConditioning,
      parameters: card.parameters,
      license: card.license,
      released: card.released,
      open_weights: true,
      ...facts,
    },
  };
}

function describeModel(card: ModelCard) {
  return describe(card, ENDPOINTS.image, "text-to-image", {
    image_sizes: sizesOf(card),
    samplers: samplersOf(card.family),
    default_sampler: card.sampler.default,
    default_steps: card.sampler.steps,
    default_guidance_scale: card.sampler.guidanceScale,
    ...(card.adapter ? { adapter_of: card.adapter.base, words: Object.keys(card.adapter.words) } : {}),
  });
}

function describeVideoModel(card: VideoCard) {
  return describe(card, ENDPOINTS.video, card.task, {
    video_sizes: videoSizesOf(card),
    frames_per_second: CLIP_FPS,
    default_frames: card.frames,
    most_frames: MOST_CLIP_FRAMES,
    first_frame: !isFramewise(card),
    samplers: samplersOf("flow"),
    default_sampler: card.sampler.default,
    default_steps: card.sampler.steps,
    default_guidance_scale: card.sampler.guidanceScale,
    ...(isFramewise(card) ? { drawn_by: card.drawnBy.model } : {}),
  });
}

function describeEnhancer(card: EnhancerCard) {
  return describe(card, ENDPOINTS.text, "text-to-text", {
    samplers: [card.sampler.default],
    default_sampler: card.sampler.default,
    default_steps: card.sampler.steps,
    default_temperature: card.sampler.temperature,
  });
}

function describeJudge(card: JudgeCard) {
  return {
    id: card.id,
    object: "model",
    created: Date.parse(card.released) / 1000,
    owned_by: card.creator,
    salon: {
      endpoint: ENDPOINTS.judge,
      task: "image-text-to-text",
      name: card.name,
      creator: card.creator,
      architecture: card.architecture,
      parameters: card.parameters,
      license: card.license,
      released: card.released,
      open_weights: true,
    },
  };
}
