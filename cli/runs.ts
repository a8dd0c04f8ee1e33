import type { Command } from "commander";
import { runFailureText } from "@/lib/schemas/reasons/failure-text";
import { createDb, inTransaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { readRunFailures } from "@/lib/runs/read-run-failures";
import { enqueueRescore, rescoreAllRuns } from "@/lib/scoring/request-rescore";
import { startAnotherRun } from "@/lib/runs/start-another-run";
import { runRequest } from "@/lib/schemas/submissions";
import { parseTyped } from "./endpoint-flags";
import { count } from "./fd";
import { orExit } from "./metric-input";
import { parametersTyped, withParameterFlags, type ParameterFlags } from "./parameter-flags";
import { registerRemoteRuns } from "./remote/runs";

/** Adds `salon runs start | rescore | failures | wait | show`. */
export function registerRuns(program: Command): void {
  const runs = program.command("runs").description("Manage the runs of the site.");
  runs
    .command("rescore")
    .description(
      "have workers score published runs under every encoder and reference set in use; safe to repeat",
    )
    .argument("[runs...]", "ids of runs; all published ones unless told")
    .action((ids: string[]) => orExit(() => rescore(ids)));
  const starting = runs
    .command("start")
    .description("run a model of the site once more, over a board's prompts or a prompt set")
    .argument("<model>", "slug")
    .option("--board <slug>", "board, which the model joins")
    .option("--prompts <slug>", "prompt set, where no board is named")
    .option("--prompt-count <n>", "the first so many prompts (all)", count(1))
    .option("--samples <n>", "samples of each prompt (1)", count(1))
    .option("--label <text>", "what tells this run from others of the model")
    .option("--size <WxH>", "pixels of its images (the endpoint's)");
  withParameterFlags(starting).action((slug: string, flags: StartFlags) => orExit(() => start(slug, flags)));
  runs
    .command("failures")
    .description("why samples of a run are missing, with what its endpoint said")
    .argument("<run>", "id")
    .action((id: string) => orExit(() => failures(id)));
  registerRemoteRuns(runs);
}

type StartFlags = ParameterFlags & {
  board?: string;
  prompts?: string;
  promptCount?: number;
  samples?: number;
  label?: string;
  size?: string;
};

async function start(slug: string, flags: StartFlags): Promise<string> {
  const { board, promptCount, label } = flags;
  const wanted = parseTyped(runRequest, {
    ...{ board, promptCount, label },
    promptSet: flags.prompts,
    samplesPerPrompt: flags.samples,
    imageSize: flags.size,
    ...parametersTyped(flags),
  });
  const db = createDb(env().databaseUrl, { max: 2 });
  try {
    const { runId } = await inTransaction((tx) => startAnotherRun({ slug, wanted, by: "operator" }, tx), db);
    return `Started ${runId} of ${slug}: ${env().siteUrl}/runs/${runId}\n`;
  } finally {
    await db.$disconnect();
  }
}

async function rescore(ids: string[]): Promise<string> {
  const db = createDb(env().databaseUrl, { max: 2 });
  try {
    const n = await inTransaction(async (tx) => {
      if (ids.length === 0) return rescoreAllRuns(tx);
      for (const id of ids) {
        const run = await tx.run.findUnique({ where: { id }, select: { state: true } });
        if (run === null) throw new SalonError("not_found", `There is no run ${id}.`);
        if (run.state !== "PUBLISHED")
          throw new SalonError("not_ready", `${id} is ${run.state.toLowerCase()}: only a published run is scored again.`); // prettier-ignore
        await enqueueRescore(id, tx);
      }
      return ids.length;
    }, db);
    return `${n} ${n === 1 ? "run is" : "runs are"} queued: a worker scores each under what is in use now.\n`;
  } finally {
    await db.$disconnect();
  }
}

async function failures(id: string): Promise<string> {
  const db = createDb(env().databaseUrl, { max: 1 });
  try {
    const { state, failedFor, groups } = await readRunFailures(id, db);
    const total = groups.reduce((sum, { count }) => sum + count, 0);
    return [
      `${id} is ${state.toLowerCase()}${failedFor === null ? "." : `: ${runFailureText(failedFor)}`}`,
      `${total} ${total === 1 ? "sample is" : "samples are"} missing.`,
      ...groups.map(({ code, message, count }) => `${count} x ${code}: ${message}`),
      "",
    ].join("\n");
  } finally {
    await db.$disconnect();
  }
}
