import type { Command } from "commander";
import { createDb, inTransaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { readRunFailures } from "@/lib/runs/read-run-failures";
import { enqueueRescore, rescoreAllRuns } from "@/lib/scoring/request-rescore";
import { orExit } from "./metric-input";
import { registerRemoteRuns } from "./remote/runs";

/** Adds `salon runs rescore | failures | wait | show`. */
export function registerRuns(program: Command): void {
  const runs = program.command("runs").description("Manage the runs of the site.");
  runs
    .command("rescore")
    .description(
      "have workers score published runs under every encoder and reference set in use; safe to repeat",
    )
    .argument("[runs...]", "ids of runs; all published ones unless told")
    .action((ids: string[]) => orExit(() => rescore(ids)));
  runs
    .command("failures")
    .description("why samples of a run are missing, with what its endpoint said")
    .argument("<run>", "id")
    .action((id: string) => orExit(() => failures(id)));
  registerRemoteRuns(runs);
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
    const { state, failureReason, groups } = await readRunFailures(id, db);
    const total = groups.reduce((sum, { count }) => sum + count, 0);
    return [
      `${id} is ${state.toLowerCase()}${failureReason === null ? "." : `: ${failureReason}`}`,
      `${total} ${total === 1 ? "sample is" : "samples are"} missing.`,
      ...groups.map(({ code, message, count }) => `${count} x ${code}: ${message}`),
      "",
    ].join("\n");
  } finally {
    await db.$disconnect();
  }
}
