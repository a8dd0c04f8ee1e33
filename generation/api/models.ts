import type { Route } from "@/generation/http/router";
import { ApiError } from "@/generation/http/api-error";
import { samplersOf, sizesOf, type ModelCard } from "@/generation/model-card";
import type { ModelLibrary } from "@/generation/model-library";

/** GET /v1/models and /v1/models/:id: OpenAI's model objects, each with a `salon` object of facts. */
export function modelRoutes(library: ModelLibrary): Route[] {
  return [
    {
      method: "GET",
      path: "/v1/models",
      handle: () => ({ body: { object: "list", data: library.list().map(describeModel) } }),
    },
    {
      method: "GET",
      path: "/v1/models/:id",
      handle: ({ params }) => ({ body: describeModel(findCard(library, params.id)) }),
    },
  ];
}

/** @throws ApiError 404 as OpenAI words it. */
export function findCard(library: ModelLibrary, id: string): ModelCard {
  const card = library.card(id);
  if (card) return card;
  throw new ApiError(404, "model_not_found", `The model '${id.slice(0, 100)}' does not exist.`, {
    param: "model",
  });
}

function describeModel(card: ModelCard) {
  return {
    id: card.id,
    object: "model",
    created: Date.parse(card.released) / 1000,
    owned_by: card.creator,
    salon: {
      name: card.name,
      creator: card.creator,
      paradigm: card.paradigm,
      architecture: card.architecture,
      representation: card.representation,
      text_conditioning: card.textConditioning,
      image_sizes: sizesOf(card),
      parameters: card.parameters,
      license: card.license,
      released: card.released,
      open_weights: true,
      samplers: samplersOf(card.family),
      default_sampler: card.sampler.default,
      default_steps: card.sampler.steps,
      default_guidance_scale: card.sampler.guidanceScale,
    },
  };
}
