import type { Command } from "commander";
import { changeQueue } from "@/lib/administration/change-queue";
import { readQueue } from "@/lib/administration/read-queue";
import { inTransaction, type Tx } from "@/lib/db/client";
import type { QueueChange, QueueView } from "@/lib/schemas/administration/queue";
import { orExit } from "./metric-input";
import { table } from "./table";
import { withDatabase } from "./with-database";

const inDatabase = (work: (tx: Tx) => Promise<string>) =>
  orExit(() => withDatabase(async (db) => `${await inTransaction(work, db)}\n`));

/** Adds `salon queue list | retry | remove`. */
export function registerQueue(program: Command): void {
  const queue = program.command("queue").description("jobs that wait, run or failed, and the workers");
  queue
    .command("list")
    .description("jobs by kind, those that failed with their errors, and the workers that are alive")
    .option("--json", "print JSON", false)
    .action(({ json }: { json: boolean }) =>
      inDatabase(async (tx) => {
        const view = await readQueue(tx);
        return json ? JSON.stringify(view, null, 2) : textOf(view);
      }),
    );
  queue
    .command("retry")
    .description("have failed jobs done again, from their first attempt")
    .argument("<job>", "number of a job, or a kind of jobs such as generate-samples")
    .action((which: string) =>
      change(
        /^\d+$/.test(which) ? { action: "retry", job: which } : { action: "retry", kind: which },
        "queued again",
      ),
    );
  queue
    .command("remove")
    .description("remove a job that has failed for the last time")
    .argument("<job>", "number of a job")
    .action((job: string) => change({ action: "remove", job }, "removed"));
}

const change = (wanted: QueueChange, what: string) =>
  inDatabase(async (tx) => {
    const changed = await changeQueue({ change: wanted, by: "operator" }, tx);
    return `${changed} ${changed === 1 ? "job is" : "jobs are"} ${what}.`;
  });

function textOf({ kinds, failed, workers }: QueueView): string {
  const counts = kinds.map((each) =>
    [each.kind, each.waiting, each.running, each.retrying, each.failed].map(String),
  );
  return [
    ...workers.map(
      ({ since, address, slots }) => `worker at ${address ?? "this machine"} since ${since}, ${slots} slots`,
    ),
    ...(workers.length === 0 ? ["No worker is running."] : []),
    kinds.length === 0
      ? "There are no jobs."
      : table([["kind", "waiting", "running", "tried again", "failed"], ...counts]),
    ...failed.map(
      ({ id, kind, attempts, maxAttempts, nextTry, error }) =>
        `${id} ${kind}, ${attempts} of ${maxAttempts} attempts, ${nextTry === null ? "tried no more" : `next at ${nextTry}`}: ${error}`,
    ),
  ].join("\n");
}
