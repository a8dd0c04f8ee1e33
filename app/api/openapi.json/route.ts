import { openApiDocument } from "@/lib/schemas/openapi";
import { json } from "../respond";

/** GET /api/openapi.json */
export function GET(): Response {
  return json(openApiDocument(), { headers: { "cache-control": "public, max-age=300" } });
}
