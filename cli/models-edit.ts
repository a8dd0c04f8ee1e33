import type { Command } from "commander";
import { db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { editModel } from "@/lib/runs/edit-model";
import { guardedClient } from "@/lib/providers/guarded-client";
import { modelChanges } from "@/lib/schemas/submissions";
import { formatTyped, withFormatFlags, type FormatFlags } from "./format-flags";
import { KEY_FILE, KEY_MEANING, numberOf, parseTyped, readKey, TIMEOUT_MEANING } from "./endpoint-flags";

type EditFlags = FormatFlags & {
  url?: string;
  model?: string;
  size?: string;
  keyFile?: string;
  key: boolean;
  concurrency?: string;
  timeout?: string;
  price?: string;
  priceSource?: string;
};

/** Adds `edit` to `salon models`. */
export function registerModelsEdit(models: Command): void {
  const editing = models
    .command("edit")
    .description("change a model's price, key, and how it is called; what is not given stays")
    .argument("<model>", "slug")
    .option("--url <url>", "base address of its endpoint")
    .option("--model <name>", "the name the endpoint knows the model by")
    .option("--size <WxH>", "pixels of its images")
    .option(KEY_FILE, KEY_MEANING)
    .option("--no-key", "forget its key, and send none")
    .option("--concurrency <n>", "requests at a time")
    .option("--timeout <seconds>", TIMEOUT_MEANING)
    .option("--price <usd>", "list price of an image in US dollars; none: unknown")
    .option("--price-source <text>", "where the price is written down");
  withFormatFlags(editing).action(async (slug: string, flags: EditFlags) => {
    try {
      console.log(await edit(slug, flags));
    } finally {
      await guardedClient().close();
      await db().$disconnect();
    }
  });
}

async function edit(slug: string, flags: EditFlags): Promise<string> {
  const changes = parseTyped(modelChanges, {
    endpointUrl: flags.url,
    providerModel: flags.model,
    imageSize: flags.size,
    apiKey: flags.key ? await readKey(flags.keyFile) : null,
    concurrency: numberOf(flags.concurrency),
    timeoutSeconds: numberOf(flags.timeout),
    pricePerImageUsd: flags.price === "none" ? null : numberOf(flags.price),
    priceSource: flags.priceSource,
    ...(await formatTyped(flags)),
  });
  if (Object.values(changes).every((change) => change === undefined))
    throw new SalonError("invalid_request", "Say what to change: see `salon models edit --help`.");
  await editModel({ slug, changes, by: "operator" });
  return `${slug} is changed.`;
}
