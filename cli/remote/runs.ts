import { setTimeout as wait } from "node:timers/promises";
import type { Command } from "commander";
import { SalonError } from "@/lib/errors";
import type { Requirement } from "@/lib/metrics/requirement";
import { runResponse, type RunResponse } from "@/lib/schemas/runs";
import { count } from "../fd";
import { orExit } from "../metric-input";
import { checkRequirements, LEAST_N, parseRequirements } from "../requirements";
import { progressLine, runFigures, runText } from "./run-report";
import { siteClient, type SiteClient, type SiteFlags } from "./site-client";
import { withSiteOptions } from "./site-options";

interface WaitFlags extends SiteFlags {
  timeout: number;
  failUnder?: string[];
  minN: number;
}

const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [500, 5_000];
/** Nothing comes of waiting any longer: a paused run wants a person. */
const ENDED: readonly RunResponse["state"][] = ["PUBLISHED", "FAILED", "CANCELLED", "PAUSED"];
/** Of a wait that ended before the run did: the same command goes on with it. */
const STILL_RUNNING = 3;

/** Adds `salon runs wait` and `salon runs show`, which speak to a running Salon and to no database. */
export function registerRemoteRuns(runs: Command): void {
  const waiting = runs
    .command("wait")
    .description(
      "wait for a run of a running Salon to end; exit code 0 when it is published and all passes, 1 when not, 3 when time is up",
    ) // prettier-ignore
    .argument("<run>", "id")
    .option("--timeout <seconds>", "longest wait", count(1), 3600)
    .option("--fail-under <requirement...>", "such as fd<=20 or grader-alignment>=80%@95")
    .option("--min-n <count>", "a metric of fewer samples is not known", count(1), LEAST_N);
  withSiteOptions(waiting).action((id: string, flags: WaitFlags) => orExit(() => waitFor(id, flags)));
  const showing = runs
    .command("show")
    .description("show a run of a running Salon")
    .argument("<run>", "id")
    .option("--json", "print the API's answer", false);
  withSiteOptions(showing).action((id: string, flags: SiteFlags & { json: boolean }) =>
    orExit(async () => {
      const site = siteClient(flags);
      const run = await readRun(site, id);
      return flags.json ? `${JSON.stringify(run, null, 2)}\n` : `${runText(run, site.base)}\n`;
    }),
  );
}

const readRun = (site: SiteClient, id: string) =>
  site.call(`/api/v1/runs/${encodeURIComponent(id)}`, runResponse);

async function waitFor(id: string, flags: WaitFlags): Promise<string> {
  const requirements = parseRequirements(flags.failUnder ?? []);
  const site = siteClient(flags);
  const run = await untilEnded(site, id, Date.now() + flags.timeout * 1000);
  if (!ENDED.includes(run.state)) {
    console.error(`Still ${progressLine(run)} after ${flags.timeout} s. The same command goes on waiting.`);
    process.exitCode = STILL_RUNNING;
    return "";
  }
  const text = runText(run, site.base);
  if (run.state !== "PUBLISHED") {
    process.exitCode = 1;
    return `${text}\n`;
  }
  return `${[text, ...verdict(requirements, run, flags.minN)].join("\n\n")}\n`;
}

function verdict(requirements: readonly Requirement[], run: RunResponse, least: number): string[] {
  if (requirements.length === 0) return [];
  const { passed, text } = checkRequirements(requirements, runFigures(run), { least, level: 0.95 });
  if (!passed) process.exitCode = 1;
  return [text];
}

/**
 * Asks until the run has ended or time is up, less and less often. A site that was there and does not answer for a while is asked
 * again; one that never answered is an error at once.
 */
async function untilEnded(site: SiteClient, id: string, deadline: number): Promise<RunResponse> {
  let run = await readRun(site, id);
  let said = "";
  const say = (line: string) => {
    if (line !== said) console.error(line);
    said = line;
  };
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
    say(progressLine(run));
    const left = deadline - Date.now();
    if (ENDED.includes(run.state) || left <= 0) return run;
    await wait(Math.min(pause, left));
    try {
      run = await readRun(site, id);
    } catch (error) {
      if (!(error instanceof SalonError) || !error.retryable) throw error;
      say(`${error.message} Asking again.`);
    }
  }
}
