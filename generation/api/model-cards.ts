import { ApiError } from "@/generation/http/api-error";
import { newRoutes } from "@/generation/http/app";
import type { ModelLibrary } from "@/generation/model-library";

/** GET /v1/models/:id/card: what lies beside a model's or video autoencoder's weights, whole: recipe, figures, hashes (docs/generation.md). */
export function modelCardRoutes(library: ModelLibrary) {
  return newRoutes().get("/v1/models/:id/card", (c) => {
    const id = c.req.param("id");
    const card =
      library.card(id) ?? library.videos.card(id) ?? library.enhancer(id) ?? library.videos.autoencoder(id);
    if (card) return c.json(card);
    throw new ApiError(404, "model_not_found", `The model '${id.slice(0, 100)}' does not exist.`, {
      param: "model",
    });
  });
}
