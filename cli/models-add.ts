import type { Command } from "commander";
import { db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { assertInstallation } from "@/lib/installation/check-installation";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { testConnection } from "@/lib/models/test-connection";
import { guardedClient } from "@/lib/providers/guarded-client";
import { submission } from "@/lib/schemas/submissions";
import { formatTyped, withFormatFlags, type FormatFlags } from "./format-flags";
import { parametersTyped, withParameterFlags, type ParameterFlags } from "./parameter-flags";
import { KEY_FILE, KEY_MEANING, numberOf, parseTyped, readKey, TIMEOUT_MEANING } from "./endpoint-flags";

type AddFlags = ParameterFlags &
  FormatFlags & {
    creator: string;
    keyFile?: string;
    size?: string;
    board?: string;
    prompts?: string;
    concurrency?: string;
    timeout?: string;
    ownPrompts?: string;
    price?: string;
    budget?: string;
    unlisted: boolean;
  };

/** Adds `add` to `salon models`. */
export function registerModelsAdd(models: Command): void {
  const adding = models
    .command("add")
    .description(
      "submit an endpoint as the operator's, also at a private address that OUTBOUND_ALLOW names; it is tried first, then evaluated",
    )
    .argument("<name>")
    .argument("<url>", "base address, such as http://gpu.lan:8000/v1")
    .argument("<model>", "the name the endpoint knows the model by")
    .requiredOption("--creator <name>", "who made the model")
    .option(KEY_FILE, KEY_MEANING)
    .option("--size <WxH>", "pixels of its images (64x64)")
    .option("--board <slug>", "board to be evaluated for (text-to-image)")
    .option("--prompts <n>", "run over the first so many prompts of the board's set (all)")
    .option("--concurrency <n>", "requests at a time (2)")
    .option("--timeout <seconds>", TIMEOUT_MEANING)
    .option("--own-prompts <n>", "calls a day (UTC) that visitors' own prompts may make (0)")
    .option("--price <usd>", "list price of an image in US dollars")
    .option("--budget <usd>", "pause the run before it could cost more; needs --price")
    .option("--unlisted", "keep it off arena and board", false);
  withParameterFlags(withFormatFlags(adding)).action(
    async (name: string, url: string, model: string, flags: AddFlags) => {
      try {
        console.log(await add(name, url, model, flags));
      } finally {
        await guardedClient().close();
        await db().$disconnect();
      }
    },
  );
}

async function add(
  name: string,
  endpointUrl: string,
  providerModel: string,
  flags: AddFlags,
): Promise<string> {
  const typed = parseTyped(submission, {
    name,
    creator: flags.creator,
    endpointUrl,
    providerModel,
    apiKey: await readKey(flags.keyFile),
    imageSize: flags.size,
    board: flags.board,
    promptCount: numberOf(flags.prompts),
    ...parametersTyped(flags),
    ...(await formatTyped(flags)),
    concurrency: numberOf(flags.concurrency),
    timeoutSeconds: numberOf(flags.timeout),
    ownPromptsPerDay: numberOf(flags.ownPrompts),
    pricePerImageUsd: numberOf(flags.price),
    budgetUsd: numberOf(flags.budget),
    listed: !flags.unlisted,
  });
  await assertInstallation(db());
  const { ok, message } = await testConnection(typed, "operator");
  if (!ok) throw new SalonError("endpoint_failed", message);
  const { model, runId } = await submitEndpoint({ submission: typed, voterId: null });
  return `${message}\nAdded ${model}; its run is ${runId}. It begins as soon as a worker is free.`;
}
