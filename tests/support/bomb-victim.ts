import { createDb } from "@/lib/db/client";
import { env } from "@/lib/env";
import { generateSamples } from "@/lib/runs/generation/generate-samples";
import { testConnection } from "@/lib/models/test-connection";
import { newestRubric } from "@/lib/rubrics/registry";
import { askJudge } from "@/lib/judges/ask-judge";
import { probeJudge } from "@/lib/judges/probe-judge";
import { guardedClient } from "@/lib/providers/guarded-client";
import { connectionTest } from "@/lib/schemas/submissions";

/** A call that is to be made, on the paths that a site and a worker take. */
export interface BombCall {
  call: "test a model" | "test a judge" | "judge a pair" | "generate";
  /** Where the bomb is; of generate: the run whose endpoint is one. */
  url: string;
  imageSize: string;
}
/** What it did to this process. */
export interface BombDamage {
  outcome: string;
  /** Longest time in which this process let nothing else be answered; while it waited for a processor it did not. */
  longestStallMs: number;
  /** Memory at its most, over what it was before this call, and before the first. */
  grownMb: number;
  grownSinceStartMb: number;
  seconds: number;
}

const db = createDb(env().databaseUrl, { max: 4 });
const SAMPLE_MS = 5;
const ADDRESS = { owner: "visitor", providerModel: "bomb", apiKey: null, timeoutMs: 45_000 } as const;
const rssMb = () => process.memoryUsage.rss() / 1e6;

async function make({ call, url, imageSize }: BombCall): Promise<string> {
  const endpoint = { endpointUrl: url, providerModel: "bomb" };
  if (call === "test a model")
    return (
      await testConnection({ input: connectionTest.parse({ ...endpoint, imageSize }), voterId: "vtr_bomb" })
    ).message;
  if (call === "test a judge") return (await probeJudge(endpoint, "visitor")).message;
  if (call === "judge a pair") {
    const address = { ...ADDRESS, baseUrl: url };
    const judge = {
      address,
      logprobs: true,
      usdPerMillionInputTokens: null,
      usdPerMillionOutputTokens: null,
    };
    const about = { subject: { prompt: "a red ball" }, shown: [] };
    const { verdict } = await askJudge(judge, newestRubric("pairwise"), about, guardedClient());
    return verdict.kind === "none" ? verdict.message : "";
  }
  const { signal } = new AbortController();
  await generateSamples(
    { runId: url, from: 0, to: 1 },
    { db, client: guardedClient(), signal, retriesLeft: false },
  );
  const failures = await db.sampleFailure.findMany({ where: { runId: url } });
  return failures.map(({ message }) => message).join(" ");
}

let startedMb: number | undefined;

async function measure(ask: BombCall): Promise<BombDamage> {
  const beforeMb = rssMb();
  startedMb ??= beforeMb;
  let most = beforeMb;
  let longestStallMs = 0;
  let last = { wall: performance.now(), busy: process.cpuUsage() };
  const sample = () => {
    const { user, system } = process.cpuUsage(last.busy);
    const gap = performance.now() - last.wall - SAMPLE_MS;
    longestStallMs = Math.max(longestStallMs, Math.min(gap, (user + system) / 1000));
    last = { wall: performance.now(), busy: process.cpuUsage() };
    most = Math.max(most, rssMb());
  };
  const sampler = setInterval(sample, SAMPLE_MS);
  const started = performance.now();
  const outcome = await make(ask).catch((error: Error) => `threw ${error.message}`);
  const seconds = (performance.now() - started) / 1000;
  clearInterval(sampler);
  sample();
  const [grownMb, grownSinceStartMb] = [most - beforeMb, most - startedMb];
  return { outcome, longestStallMs, grownMb, grownSinceStartMb, seconds };
}

process.on("message", (ask: BombCall) => void measure(ask).then((damage) => process.send!(damage)));
process.on("disconnect", () => process.exit(0));
process.send!("ready");
