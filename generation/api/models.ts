import { ApiError } from "@/generation/http/api-error";
import { newRoutes } from "@/generation/http/app";
import { samplersOf, sizesOf, type EnhancerCard, type ModelCard } from "@/generation/model-card";
import type { JudgeCard } from "@/generation/judge/judge-card";
import type { JudgeLibrary } from "@/generation/judge/judge-library";
import type { ModelLibrary } from "@/generation/model-library";
import { invalidValue } from "./parse-body";

/** GET /v1/models and /v1/models/:id: OpenAI's model objects, each with a `salon` object of facts. */
export function modelRoutes(library: ModelLibrary, judges: JudgeLibrary) {
  const all = () => [
    ...library.list().map(describeModel),
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
  if (library.enhancer(id))
    throw invalidValue("model", `'${id}' draws no images, it answers /v1/completions`);
  throw unknownModel(id, 400);
}

/** The prompt enhancer a request wants. @throws ApiError 400 that names the parameter */
export function findEnhancer(library: ModelLibrary, id: string): EnhancerCard {
  const card = library.enhancer(id);
  if (card) return card;
  if (library.card(id))
    throw invalidValue("model", `'${id}' writes no text, it answers /v1/images/generations`);
  throw unknownModel(id, 400);
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

/** `endpoint` tells clients which of the paths a model answers. */
function describe(card: ModelCard | EnhancerCard, endpoint: string, facts: object) {
  return {
    id: card.id,
    object: "model",
    created: Date.parse(card.released) / 1000,
    owned_by: card.creator,
    salon: {
      endpoint,
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
  return describe(card, "/v1/images/generations", {
    image_sizes: sizesOf(card),
    samplers: samplersOf(card.family),
    default_sampler: card.sampler.default,
    default_steps: card.sampler.steps,
    default_guidance_scale: card.sampler.guidanceScale,
    ...(card.adapter ? { adapter_of: card.adapter.base, words: Object.keys(card.adapter.words) } : {}),
  });
}

function describeEnhancer(card: EnhancerCard) {
  return describe(card, "/v1/completions", {
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
      endpoint: "/v1/chat/completions",
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
