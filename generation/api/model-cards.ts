import { ApiError } from "@/generation/http/api-error";
import type { Route } from "@/generation/http/router";
import type { ModelLibrary } from "@/generation/model-library";

/** GET /v1/models/:id/card: what lies beside the model's weights, whole: recipe, figures, hashes (docs/generation.md). */
export function modelCardRoutes(library: ModelLibrary): Route[] {
  return [
    {
      method: "GET",
      path: "/v1/models/:id/card",
      handle: ({ params: { id } }) => {
        const card = library.card(id) ?? library.enhancer(id);
        if (card) return { body: card };
        throw new ApiError(404, "model_not_found", `The model '${id.slice(0, 100)}' does not exist.`, {
          param: "model",
        });
      },
    },
  ];
}
