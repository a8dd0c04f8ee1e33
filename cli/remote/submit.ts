import type { Command } from "commander";
import { namedVariable } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { costEstimate } from "@/lib/schemas/costs";
import { submission, submissionResponse, type Submission } from "@/lib/schemas/submissions";
import { ACCEPT_MEANING, numberOf, parseTyped, TIMEOUT_MEANING } from "../endpoint-flags";
import { orExit } from "../metric-input";
import { formatTyped, withFormatFlags, type FormatFlags } from "../format-flags";
import { parametersTyped, withParameterFlags, type ParameterFlags } from "../parameter-flags";
import { siteClient, type SiteClient, type SiteFlags } from "./site-client";
import { withSiteOptions } from "./site-options";

interface SubmitFlags extends SiteFlags, ParameterFlags, FormatFlags {
  url: string;
  model: string;
  name?: string;
  creator: string;
  keyEnv?: string;
  size?: string;
  board?: string;
  promptCount?: string;
  samples?: string;
  concurrency?: string;
  timeout?: string;
  price?: string;
  budget?: string;
  dryRun: boolean;
  listed: boolean;
  acceptFailedProbe: boolean;
}

/** Adds `salon submit`: an endpoint to a running Salon, whose run's id is printed. */
export function registerSubmit(program: Command): void {
  const command = program
    .command("submit")
    .description("Submit an endpoint to a running Salon; prints the id of its run, for salon runs wait.")
    .requiredOption("--url <url>", "base address of the endpoint, such as https://host/v1")
    .requiredOption("--model <name>", "the name the endpoint knows the model by")
    .option("--name <name>", "the model's name on the board (the endpoint's own)")
    .option("--creator <name>", "who made it", "unknown")
    .option("--key-env <variable>", "environment variable that holds the endpoint's key")
    .option("--size <WxH>", "pixels of its images (64x64)")
    .option("--board <slug>", "board to be evaluated for (text-to-image)")
    .option("--prompt-count <n>", "run over the first so many prompts (all)")
    .option("--samples <n>", "samples of each prompt (1)")
    .option("--concurrency <n>", "requests at a time (2)")
    .option("--timeout <seconds>", TIMEOUT_MEANING)
    .option("--price <usd>", "what an image costs in US dollars")
    .option("--budget <usd>", "pause the run before it could cost more; needs --price")
    .option("--dry-run", "say what it would cost, and submit nothing", false)
    .option("--listed", "put it on arena and board once it is scored", false)
    .option("--accept-failed-probe", ACCEPT_MEANING, false);
  withSiteOptions(withParameterFlags(withFormatFlags(command))).action((flags: SubmitFlags) =>
    orExit(() => submit(flags)),
  );
}

async function submit(flags: SubmitFlags): Promise<string> {
  const site = siteClient(flags);
  const apiKey = flags.keyEnv === undefined ? undefined : namedVariable(flags.keyEnv);
  if (flags.keyEnv !== undefined && apiKey === undefined)
    throw new SalonError("invalid_request", `The environment variable ${flags.keyEnv} is not set: it should hold the endpoint's key.`); // prettier-ignore
  const typed = parseTyped(submission, {
    name: flags.name ?? flags.model,
    creator: flags.creator,
    endpointUrl: flags.url,
    providerModel: flags.model,
    apiKey,
    imageSize: flags.size,
    board: flags.board,
    promptCount: numberOf(flags.promptCount),
    samplesPerPrompt: numberOf(flags.samples),
    ...parametersTyped(flags),
    ...(await formatTyped(flags)),
    concurrency: numberOf(flags.concurrency),
    timeoutSeconds: numberOf(flags.timeout),
    pricePerImageUsd: numberOf(flags.price),
    budgetUsd: numberOf(flags.budget),
    listed: flags.listed,
    acceptFailedProbe: flags.acceptFailedProbe || undefined,
  });
  if (flags.dryRun) return estimate(site, typed);
  const { runId, model } = await site.call("/api/v1/models", submissionResponse, typed);
  console.error(`Submitted as ${model}: ${site.base}/runs/${runId}`);
  return `${runId}\n`;
}

/** What a submission would cost, in a sentence. */
async function estimate(site: SiteClient, typed: Submission): Promise<string> {
  const query = new URLSearchParams({ board: typed.board, samplesPerPrompt: String(typed.samplesPerPrompt) });
  if (typed.promptCount !== undefined) query.set("promptCount", String(typed.promptCount));
  const price = typed.pricePerImageUsd ?? null;
  if (price !== null) query.set("pricePerImageUsd", String(price));
  const { images, usd } = await site.call(`/api/v1/estimates?${query.toString()}`, costEstimate);
  if (usd === null) return `${images} images; --price says what one costs.\n`;
  return `${images} images at $${price}: $${Number(usd.toFixed(6))}\n`;
}
