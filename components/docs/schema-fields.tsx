import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** The part of JSON Schema that the API's bodies use. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: (string | number | null)[];
  const?: unknown;
  default?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
};

/** A schema's type in a few words: "string", "left | right | tie", "array of object". */
export function typeName(schema: JsonSchema): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "object";
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return [...new Set(options.map(typeName))].join(" or ");
  if (schema.type === "array") return `array of ${schema.items ? typeName(schema.items) : "anything"}`;
  if (schema.type === "object" && typeof schema.additionalProperties === "object" && !schema.properties)
    return `object of ${typeName(schema.additionalProperties)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(" or ") : (schema.type ?? "anything");
  return schema.format ? `${type}, ${schema.format}` : type;
}

/** Limits in words. The largest safe integer is how generators write "no limit", so it is left out. */
function limits(t: ReturnType<typeof useTranslations<"docs.schema">>, schema: JsonSchema): string {
  const inner = (schema.anyOf ?? schema.oneOf)?.find((option) => option.type !== "null") ?? schema;
  const parts = [
    inner.minLength !== undefined && inner.minLength > 1 && t("minLength", { n: inner.minLength }),
    inner.maxLength !== undefined && t("maxLength", { n: inner.maxLength }),
    inner.minimum !== undefined &&
      inner.minimum > -Number.MAX_SAFE_INTEGER &&
      t("minimum", { n: inner.minimum }),
    inner.maximum !== undefined &&
      inner.maximum < Number.MAX_SAFE_INTEGER &&
      t("maximum", { n: inner.maximum }),
    schema.default !== undefined && t("default", { value: JSON.stringify(schema.default) }),
  ];
  return parts.filter(Boolean).join(", ");
}

/** The fields of an object below a schema: its own, its items', or those of the one option that is no null. */
function fieldsOf(schema: JsonSchema): JsonSchema | null {
  if (schema.properties) return schema;
  if (schema.items) return fieldsOf(schema.items);
  if (typeof schema.additionalProperties === "object") return fieldsOf(schema.additionalProperties);
  const option = (schema.anyOf ?? schema.oneOf)?.find((candidate) => candidate.type !== "null");
  return option ? fieldsOf(option) : null;
}

/** An object's fields, nested ones indented under theirs. */
export function SchemaFields({ schema }: { schema: JsonSchema }): ReactNode {
  const t = useTranslations("docs.schema");
  const object = fieldsOf(schema);
  if (!object?.properties) return null;
  return (
    <ul className="border-line divide-line divide-y border-y text-sm">
      {Object.entries(object.properties).map(([name, field]) => {
        const nested = fieldsOf(field);
        const note = limits(t, field);
        return (
          <li key={name} className="py-2">
            <div className="flex flex-wrap items-baseline gap-x-3">
              <code className="font-mono font-medium">{name}</code>
              <span className="text-muted font-mono text-xs break-words" lang="en" translate="no">
                {typeName(field)}
              </span>
              {!object.required?.includes(name) && (
                <span className="text-muted text-xs">{t("optional")}</span>
              )}
            </div>
            {(field.description || note) && (
              <p className="text-muted mt-0.5">
                {field.description && (
                  <span lang="en" translate="no">
                    {field.description}
                  </span>
                )}{" "}
                {note && <span className="text-xs">({note})</span>}
              </p>
            )}
            {nested && (
              <details className="mt-1">
                <summary className="text-accent text-xs">{t("fields")}</summary>
                <div className="border-line mt-1 ml-1 border-l pl-4">
                  <SchemaFields schema={nested} />
                </div>
              </details>
            )}
          </li>
        );
      })}
    </ul>
  );
}
