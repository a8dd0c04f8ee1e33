import type { Command } from "commander";
import { db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { assertInstallation } from "@/lib/installation/check-installation";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { testConnection } from "@/lib/models/test-connection";
import { guardedClient } from "@/lib/providers/guarded-client";
import { findPreset } from "@/lib/schemas/catalogue/catalogue";
import { presetSubmission } from "@/lib/schemas/catalogue/preset-submission";
import { submission, type Submission, type SubmissionInput } from "@/lib/schemas/submissions";
import { testText } from "./models-test";
import { formatTyped, withFormatFlags, type FormatFlags } from "./format-flags";
import { parametersTyped, withParameterFlags, type ParameterFlags } from "./parameter-flags";
import {
  ACCEPT_MEANING,
  KEY_FILE,
  KEY_MEANING,
  numberOf,
  parseTyped,
  readKey,
  TIMEOUT_MEANING,
} from "./endpoint-flags";

type AddFlags = ParameterFlags &
  FormatFlags & {
    preset?: string;
    creator?: string;
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
    acceptFailedProbe?: boolean;
  };

/** Adds `add` to `salon models`. */
export function registerModelsAdd(models: Command): void {
  const adding = models
    .command("add")
    .description(
      "submit an endpoint as the operator's, also at a private address that OUTBOUND_ALLOW names; it is tested first by three images, then evaluated",
    )
    .argument("[name]", "as it is shown; of a preset the catalogue's")
    .argument("[url]", "base address, such as http://gpu.lan:8000/v1")
    .argument("[model]", "the name the endpoint knows the model by")
    .option("--preset <id>", "a model of `salon catalogue`: what it says holds, unless you say otherwise")
    .option("--creator <name>", "who made the model")
    .option(KEY_FILE, KEY_MEANING)
    .option("--size <WxH>", "pixels of its images (64x64)")
    .option("--board <slug>", "board to be evaluated for (text-to-image)")
    .option("--prompts <n>", "run over the first so many prompts of the board's set (all)")
    .option("--concurrency <n>", "requests at a time (2)")
    .option("--timeout <seconds>", TIMEOUT_MEANING)
    .option("--own-prompts <n>", "calls a day (UTC) that visitors' own prompts may make (0)")
    .option("--price <usd>", "list price of an image in US dollars")
    .option("--budget <usd>", "pause the run before it could cost more; needs --price")
    .option("--unlisted", "keep it off arena and board", false)
    .option("--accept-failed-probe", ACCEPT_MEANING, false);
  withParameterFlags(withFormatFlags(adding)).action(
    async (name: string | undefined, url: string | undefined, model: string | undefined, flags: AddFlags) => {
      try {
        console.log(await add({ name, endpointUrl: url, providerModel: model }, flags));
      } finally {
        await guardedClient().close();
        await db().$disconnect();
      }
    },
  );
}

/** The arguments, absent where they were left to a preset. */
type Given = { name?: string; endpointUrl?: string; providerModel?: string };

/** What was typed as a body of the API, with what a preset says for all that was not. @throws SalonError naming what is missing */
export async function submissionTyped(given: Given, flags: AddFlags): Promise<Submission> {
  const preset = flags.preset === undefined ? null : findPreset(flags.preset);
  if (flags.preset !== undefined && preset === null)
    throw new SalonError("invalid_request", `${flags.preset} is no preset: see \`salon catalogue\`.`);
  const typed = said({
    ...given,
    creator: flags.creator,
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
    acceptFailedProbe: flags.acceptFailedProbe || undefined,
  });
  const known = preset === null ? {} : presetSubmission(preset);
  // Where the preset's price is written down says nothing of another.
  const ownPrice = typed.pricePerImageUsd === undefined ? {} : { priceSource: null };
  const extraFields = { ...preset?.extraFields, ...typed.extraFields };
  const all: Partial<SubmissionInput> = { ...known, ...ownPrice, ...typed, extraFields };
  const missing = NEEDED.find(([name]) => all[name] === undefined);
  if (missing !== undefined) throw new SalonError("invalid_request", `Give ${missing[1]}, or a --preset.`);
  return parseTyped(submission, all as SubmissionInput);
}

const NEEDED = [
  ["name", "<name>"],
  ["endpointUrl", "<url>"],
  ["providerModel", "<model>"],
  ["creator", "--creator"],
] as const;

/** Without what was not said. */
const said = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;

async function add(given: Given, flags: AddFlags): Promise<string> {
  const typed = await submissionTyped(given, flags);
  await assertInstallation(db());
  const { ok, message, capability } = await testConnection({ input: typed, voterId: null });
  if (!ok && !flags.acceptFailedProbe)
    throw new SalonError("endpoint_failed", `${message} --accept-failed-probe adds it all the same.`);
  const tested = { failure: ok ? null : message, capability };
  const { model, runId } = await submitEndpoint({ submission: typed, voterId: null, tested });
  return `${testText(message, capability)}\nAdded ${model}; its run is ${runId}. It begins as soon as a worker is free.`;
}
