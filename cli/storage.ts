import type { Command } from "commander";
import { readStorage, requestStorage } from "@/lib/administration/read-storage";
import { inTransaction, type Tx } from "@/lib/db/client";
import type { StorageView } from "@/lib/schemas/administration/storage";
import { orExit } from "./metric-input";
import { table } from "./table";
import { withDatabase } from "./with-database";

const inDatabase = (work: (tx: Tx) => Promise<string>) =>
  orExit(() => withDatabase(async (db) => `${await inTransaction(work, db)}\n`));

/** Adds `salon storage show | measure | collect`. */
export function registerStorage(program: Command): void {
  const storage = program.command("storage").description("what the disk is used for");
  storage
    .command("show")
    .description("what a worker last measured, and what is free now")
    .option("--json", "print JSON", false)
    .action(({ json }: { json: boolean }) =>
      inDatabase(async (tx) => {
        const view = await readStorage(tx);
        return json ? JSON.stringify(view, null, 2) : textOf(view);
      }),
    );
  const asking = (action: "measure" | "collect", description: string) =>
    storage
      .command(action)
      .description(description)
      .action(() =>
        inDatabase(async (tx) => {
          await requestStorage({ action, by: "operator" }, tx);
          return "It is queued: a worker does it, and `salon storage show` tells what it found.";
        }),
      );
  asking("measure", "have a worker measure the disk now, not within the hour");
  asking("collect", "have a worker delete now what nothing refers to any more");
}

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

function textOf({ report, measuredAt, disks, watermarkBytes, lastBackupAt }: StorageView): string {
  const parts = Object.entries(report ?? {}).map(([name, value]) =>
    typeof value === "number" ? [name, "", mb(value)] : [name, String(value.count), mb(value.bytes)],
  );
  return [
    ...disks.map(
      ({ folder, freeBytes, totalBytes }) => `${folder}: ${mb(freeBytes)} of ${mb(totalBytes)} free`,
    ),
    `kept free: ${mb(watermarkBytes)}`,
    `last backup: ${lastBackupAt ?? "none is known"}`,
    measuredAt === null ? "Nothing has been measured yet." : `measured ${measuredAt}`,
    ...(report === null ? [] : [table([["of", "files", "size"], ...parts])]),
  ].join("\n");
}
