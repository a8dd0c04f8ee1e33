import { zodResolver } from "@hookform/resolvers/zod";
import type { FieldError, FieldValues, Resolver } from "react-hook-form";
import { z } from "zod";

/** What a form says of a field that is missing or malformed. */
export type FormWords<Values> = { [Name in keyof Values]?: string };

/**
 * Checks a form with the API's own schema, so that what the form lets pass is not refused by the API for its shape.
 * @param toBody the request's body that the form's text stands for; its fields have the names of the form's
 * @param words said in the place of the schema's general ones; what a schema says of a value in particular stays
 */
export function formResolver<Values extends FieldValues, Body>(
  toBody: (values: Values) => unknown,
  schema: z.ZodType<Body>,
  words: FormWords<Values>,
): Resolver<Values, unknown, Body> {
  const resolve = zodResolver(z.custom<Values>().transform(toBody).pipe(schema));
  return async (...given) => {
    const result = await resolve(...given);
    for (const [field, error] of Object.entries(result.errors) as [string, FieldError][]) {
      const word = words[field];
      if (error.type !== "custom" && word) error.message = word;
    }
    return result;
  };
}
