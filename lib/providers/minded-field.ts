/** How servers say that they do not know a field. */
const UNKNOWN =
  /unknown|unsupported|unrecogni[sz]ed|unexpected|cannot find field|not (permitted|supported|allowed)|does not support|extra_forbidden/i;
/** How they say that a field has a value of theirs to choose from: zod, pydantic, hand-written ones. */
const OTHER_VALUE =
  /invalid enum value|invalid option|literal_error|enum|input should be '|must be one of|not one of|expected one of/i;

/**
 * The one of `fields` that a 4xx complains about, such as "Unknown parameter: 'response_format'" or "Input should be 'base64' or
 * 'url'"; null: none of them.
 */
export function mindedField<F extends string>(reply: string, fields: readonly F[]): F | null {
  const text = reply.slice(0, 4_000);
  if (!UNKNOWN.test(text) && !OTHER_VALUE.test(text)) return null;
  return fields.find((field) => new RegExp(`\\b${field}\\b`).test(text)) ?? null;
}
