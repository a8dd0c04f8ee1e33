/** The one of `fields` that a 4xx complains about, such as "Unknown parameter: 'response_format'"; null: none of them. */
export function mindedField<F extends string>(reply: string, fields: readonly F[]): F | null {
  const text = reply.slice(0, 4_000);
  if (
    !/unknown|unsupported|unrecogni[sz]ed|unexpected|not (permitted|supported|allowed)|does not support|extra_forbidden/i.test(
      text,
    )
  )
    return null;
  return fields.find((field) => new RegExp(`\\b${field}\\b`).test(text)) ?? null;
}
