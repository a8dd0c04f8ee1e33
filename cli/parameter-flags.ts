import type { Command } from "commander";
import { SalonError } from "@/lib/errors";
import { numberOf } from "./endpoint-flags";

/** What a run asks its endpoint for, as flags. */
export interface ParameterFlags {
  seeds?: string;
  steps?: string;
  guidance?: string;
  negativePrompt?: string;
  param?: string[];
  header?: string[];
}

/** Adds the flags that say what a run asks its endpoint for, but for --size. */
export const withParameterFlags = (command: Command): Command =>
  command
    .option("--seeds <list>", "seeds such as 1,2,3 for the samples of every prompt; or none; or per-prompt")
    .option("--steps <n>", "sampling steps")
    .option("--guidance <scale>", "guidance scale")
    .option("--negative-prompt <text>", "for prompts that have none of their own")
    .option(
      "--param <name=value>",
      "a further field of every request, such as quality=high; may be repeated",
      (field: string, before: string[] = []) => [...before, field],
    )
    .option(
      "--header <name=value>",
      "a further header of every request, no key, shown with the run; may be repeated",
      (header: string, before: string[] = []) => [...before, header],
    );

/** The fields of a request's body that the flags stand for. @throws SalonError naming what cannot be read */
export function parametersTyped(flags: ParameterFlags) {
  const { seeds, steps, guidance, negativePrompt, param = [], header = [] } = flags;
  return {
    seeds: seeds === undefined ? undefined : seedsTyped(seeds),
    steps: numberOf(steps),
    guidance: numberOf(guidance),
    negativePrompt,
    extraFields: param.length === 0 ? undefined : Object.fromEntries(param.map(fieldTyped)),
    extraHeaders: header.length === 0 ? undefined : Object.fromEntries(header.map(pairTyped)),
  };
}

function seedsTyped(text: string): "none" | "per-prompt" | number[] {
  if (text === "none" || text === "per-prompt") return text;
  return text.split(",").map((each) => numberOf(each)!);
}

/** "steps_offset=1" is a number, "karras=true" a boolean, everything else a text; "tag=\"1\"" is the text 1. */
function fieldTyped(text: string): [string, string | number | boolean] {
  const [name, value] = pairTyped(text);
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === "string" || typeof parsed === "number" || typeof parsed === "boolean")
      return [name, parsed];
  } catch {
    // No JSON: the text as it stands.
  }
  return [name, value];
}

function pairTyped(text: string): [name: string, value: string] {
  const at = text.indexOf("=");
  if (at < 1) throw new SalonError("invalid_request", `${text} is no name=value.`);
  return [text.slice(0, at), text.slice(at + 1)];
}
