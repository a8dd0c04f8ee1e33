import { callApi } from "@/components/api-client";
import type { JsonSchema } from "@/components/docs/schema-fields";

type Content = Record<string, { schema?: JsonSchema }>;

export type ApiOperation = {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: JsonSchema }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};

/** As much of an OpenAPI document as the page shows. */
export type ApiDocument = {
  info: { description?: string };
  paths: Record<string, Record<string, ApiOperation>>;
  components: { schemas: Record<string, JsonSchema> };
};

let document: Promise<ApiDocument> | undefined;

/**
 * The site's OpenAPI document, read once a visit.
 * @throws ApiError
 */
export function readApiDocument(): Promise<ApiDocument> {
  document ??= callApi<ApiDocument>("/api/openapi.json").catch((error: unknown) => {
    document = undefined;
    throw error;
  });
  return document;
}

/** A schema, or the one that it refers to. */
export function resolveSchema(
  schema: JsonSchema | undefined,
  { components }: ApiDocument,
): JsonSchema | null {
  const name = schema?.$ref?.split("/").at(-1);
  return name ? (components.schemas[name] ?? null) : (schema ?? null);
}
