import { PRESETS } from "@/lib/schemas/catalogue/catalogue";
import { PUBLISHED } from "@/lib/schemas/catalogue/published";
import { json } from "../../respond";

/** GET /api/v1/catalogue: the models that are known. */
export function GET(): Response {
  const catalogue = { presets: PRESETS, published: PUBLISHED };
  return json(catalogue, { headers: { "cache-control": "public, max-age=300" } });
}
