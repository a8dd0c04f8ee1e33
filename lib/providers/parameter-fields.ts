import { formatId } from "@/lib/schemas/formats/formats";
import type { OrderTask } from "@/lib/schemas/formats/order-task";
import { requestFacts } from "@/lib/schemas/formats/task-facts";
import type { GenerationOrder } from "@/lib/providers/outcome";

/** By what name the requests of a wire format carry each parameter that it may lack; null: it has no field for it. */
export type ParameterFields = Record<"steps" | "guidance" | "negativePrompt", string | null>;

const NOUNS = { steps: "steps", guidance: "a guidance scale", negativePrompt: "a negative prompt" } as const;

/** The first parameter that is asked for and that requests have no field for, with what people call it; null: none. */
export function uncarriedParameter(
  wanted: Pick<GenerationOrder, keyof ParameterFields>,
  fields: ParameterFields,
): { name: keyof ParameterFields; noun: string } | null {
  const names = Object.keys(NOUNS) as (keyof ParameterFields)[];
  const name = names.find((each) => (wanted[each] ?? null) !== null && fields[each] === null);
  return name === undefined ? null : { name, noun: NOUNS[name] };
}

/** By what name requests to an endpoint carry each parameter. The bundled models know no negative prompts. */
export function parameterFields({
  format,
  bundled,
  task,
}: {
  format: string;
  bundled: boolean;
  task: OrderTask;
}): ParameterFields {
  const { steps, guidance, negativePrompt } = requestFacts(formatId.parse(format), task);
  return { steps, guidance, negativePrompt: bundled ? null : negativePrompt };
}
