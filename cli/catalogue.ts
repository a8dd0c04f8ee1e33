import type { Command } from "commander";
import { PRESETS, priceSourceOf } from "@/lib/schemas/catalogue/catalogue";
import type { Preset } from "@/lib/schemas/catalogue/preset";

/** Adds `salon catalogue`. */
export function registerCatalogue(program: Command): void {
  program
    .command("catalogue")
    .description("the models that are known, for `salon models add --preset <id> --key-file <file>`")
    .argument("[word]", "only those with this in their name, creator or format")
    .option("--json", "print JSON", false)
    .action((word: string | undefined, { json }: { json: boolean }) => {
      const wanted = word?.toLowerCase() ?? "";
      const found = PRESETS.filter(({ id, name, creator, format }) =>
        [id, name, creator, format].some((text) => text.toLowerCase().includes(wanted)),
      );
      if (json) console.log(JSON.stringify(found, null, 2));
      else console.log(found.length === 0 ? "None is known by that." : found.map(lineOf).join("\n"));
    });
}

function lineOf(preset: Preset): string {
  const { id, name, creator, format, price, unsure = [] } = preset;
  return [
    id,
    JSON.stringify(name),
    `by ${creator}`,
    format,
    price === undefined ? "no list price" : `$${price.perImageUsd} an image (${priceSourceOf(preset)!})`,
    ...(unsure.length === 0 ? [] : [`unsure: ${unsure.join(", ")}`]),
  ].join("  ");
}
