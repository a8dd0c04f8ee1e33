import { createReadStream, statSync } from "node:fs";
import path from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import type { VoteChangeSummary } from "@/lib/votes/change-votes";
import { checkElo } from "@/lib/votes/check-elo";
import { excludeVotes } from "@/lib/votes/exclude-votes";
import { includeVotes } from "@/lib/votes/include-votes";
import { db } from "@/lib/db/client";
import { exportPreferences } from "@/lib/votes/export-preferences";
import { exportVotes } from "@/lib/votes/export-votes";
import { findBoard } from "@/lib/boards/find-board";
import { importVotes, type ImportSummary } from "@/lib/votes/import-votes";
import { SalonError } from "@/lib/errors";
import { ProgressBar } from "./progress";
import { registerQuarantines } from "./quarantines";
import { TABLE_FORMATS, type TableFormat } from "@/lib/tables/table-file";
import { table } from "./table";
import { formatFlag, OUT, writeTable } from "./write-table";

type ExportFlags = { board: string; format: TableFormat; snapshot?: string; ids: boolean; out?: string };
type PreferenceFlags = { format: "jsonl" | "parquet"; out?: string };
type ImportFlags = { board: string; dryRun: boolean; countShownNames: boolean; json: boolean };
type ChangeFlags = {
  voter: string[];
  addressOf: string[];
  networkOf: string[];
  quarantine: string[];
  since?: Date;
  board?: string;
  dryRun: boolean;
  json: boolean;
};

/**
 * `salon votes export|preferences|import|replay|exclude|include|quarantined|release`: a board's vote log out and in, what it makes, and which
 * of its votes count.
 */
export function registerVotes(program: Command): void {
  const votes = program.command("votes").description("vote logs");
  votes
    .command("export")
    .description("write a board's votes, oldest first, in the LMArena layout; voters under pseudonyms")
    .option("--board <slug>", "which board", "text-to-image")
    .addOption(formatFlag(TABLE_FORMATS))
    .option("--snapshot <id>", "only the votes behind this snapshot, as it saw them")
    .option("--ids", "also say which vote each row is, for `votes exclude`", false)
    .option(...OUT)
    .action((flags: ExportFlags) => writeTable(() => exportVotes(flags), flags.out));
  votes
    .command("preferences")
    .description("write pairs of samples of which people chose one, votes added up, for preference training")
    .argument("[board]", "which board", "text-to-image")
    .addOption(formatFlag(["jsonl", "parquet"]))
    .option(...OUT)
    .action((board: string, { format, out }: PreferenceFlags) =>
      writeTable(async () => (await exportPreferences({ board, format, by: "operator" })).pieces, out),
    );
  votes
    .command("import")
    .description(
      "add a vote log (CSV, JSON lines or array, gzip; LMArena layout) to a board: every row or none",
    )
    .argument("<file>", "model_a, model_b, winner; optional judge, tstamp, prompt, category, anony, excluded")
    .option("--board <slug>", "which board", "text-to-image")
    .option("--count-shown-names", "count votes cast with the names in sight (anony false) too", false)
    .option("--dry-run", "read and check the log, add nothing", false)
    .option("--json", "print JSON", false)
    .action((file: string, flags: ImportFlags) => disconnecting(() => importFile(file, flags)));
  votes
    .command("replay")
    .description("recompute a board's Elo from its vote log and say what is stored otherwise")
    .argument("[board]", "which board", "text-to-image")
    .action((board: string) => disconnecting(() => replay(board)));
  changeCommand(votes, "exclude", "leave votes out of every rating; they stay in the log, marked")
    .requiredOption("--reason <reason>", "why: public, in snapshots, on the board and in the exported log")
    .action((ids: string[], flags: ChangeFlags & { reason: string }) =>
      disconnecting(async () => report("Excluded", await excludeVotes(selectionOf(ids, flags)), flags)),
    );
  changeCommand(votes, "include", "count votes again that were excluded or held back")
    .option("--reason <reason>", "only those excluded for this reason")
    .action((ids: string[], flags: ChangeFlags & { reason?: string }) =>
      disconnecting(async () => report("Included", await includeVotes(selectionOf(ids, flags)), flags)),
    );
  registerQuarantines(votes);
}

async function replay(slug: string): Promise<void> {
  const { id } = await findBoard(slug, db());
  const { models, differences } = await checkElo(id);
  for (const difference of differences) console.error(difference);
  console.log(
    differences.length === 0
      ? `The Elo of all ${models} models on ${slug} is what its votes make.`
      : `The Elo on ${slug} is not what its votes make.`,
  );
  process.exitCode = differences.length === 0 ? 0 : 1;
}

function changeCommand(votes: Command, name: string, description: string): Command {
  const collect = (value: string, all: string[]) => [...all, value];
  return votes
    .command(name)
    .description(description)
    .argument("[vote...]", "ids of votes (see `votes export --ids`)")
    .option("--voter <voter>", "all votes of a voter: id, or pseudonym of an exported log", collect, [])
    .option("--address-of <vote|voter>", "all votes from the address of a vote or voter", collect, [])
    .option("--network-of <vote|voter>", "all votes from the network around it", collect, [])
    .option("--quarantine <id>", "all votes of a quarantine (see `votes quarantined`)", collect, [])
    .option("--since <when>", "only votes cast since: 2h, 3d, or a date such as 2026-05-01T12:00Z", readSince)
    .option("--board <slug>", "only on this board")
    .option("--dry-run", "say what would change, change nothing", false)
    .option("--json", "print JSON", false);
}

function selectionOf<F extends ChangeFlags>(voteIds: string[], flags: F) {
  const { voter: voters, quarantine: quarantines, json: _, ...rest } = flags;
  return { voteIds, voters, quarantines, ...rest };
}

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A time, or how long ago it was. */
function readSince(text: string): Date {
  const ago = /^(\d+)([mhd])$/.exec(text);
  const time = ago
    ? new Date(Date.now() - Number(ago[1]) * UNIT_MS[ago[2] as keyof typeof UNIT_MS])
    : new Date(/^\d{4}-\d\d-\d\d/.test(text) ? text : NaN);
  if (Number.isNaN(time.getTime()))
    throw new InvalidArgumentError("It is a time such as 2h, 3d or 2026-05-01.");
  return time;
}

function report(done: string, { boards }: VoteChangeSummary, flags: ChangeFlags): void {
  if (flags.json) {
    console.log(JSON.stringify({ dryRun: flags.dryRun, boards }, null, 2));
    return;
  }
  if (boards.length === 0) {
    console.log("No vote had to be changed.");
    return;
  }
  const rows = boards.flatMap(({ board, voters, reasons, first, last }) =>
    reasons.map(({ reason, votes }) => [board, String(votes), String(voters), reason, day(first), day(last)]),
  );
  console.log(table([["board", "votes", "voters", "reason", "first", "last"], ...rows]));
  const total = boards.reduce((sum, { votes }) => sum + votes, 0);
  console.log(
    flags.dryRun
      ? `${total} ${total === 1 ? "vote" : "votes"} would change. Nothing was changed.`
      : `${done} ${total} ${total === 1 ? "vote" : "votes"}. The boards are fitted anew by the worker.`,
  );
}

const day = (iso: string | null) => (iso === null ? "-" : iso.slice(0, 16).replace("T", " "));

async function importFile(file: string, flags: ImportFlags): Promise<void> {
  const bar = new ProgressBar("Importing");
  try {
    const readings = flags.dryRun ? 1 : 2;
    const size = statSync(file).size;
    const summary = await importVotes({
      board: flags.board,
      dryRun: flags.dryRun,
      source: {
        name: path.basename(file),
        options: flags,
        open: () => createReadStream(file, { highWaterMark: 1 << 18 }),
      },
      onBytes: (read) => bar.update(read / (readings * size)),
    });
    bar.end();
    console.log(
      flags.json ? JSON.stringify({ dryRun: flags.dryRun, ...summary }, null, 2) : told(summary, flags),
    );
  } catch (error) {
    bar.end();
    const isTheirs =
      (error instanceof SalonError && error.code === "invalid_request") ||
      (error instanceof Error && "syscall" in error);
    if (!isTheirs) throw error;
    console.error(`${file}: ${error.message}. Nothing was imported.`);
    process.exitCode = 2;
  }
}

function told(summary: ImportSummary, { dryRun }: { dryRun: boolean }): string {
  const { board, votes, excluded, criteria, models, newModels, already } = summary;
  if (already) return `These ${votes} votes were imported into ${board} before. Nothing was added.`;
  return [
    `${dryRun ? "Would import" : "Imported"} ${votes} votes on ${models} models into ${board}.`,
    ...(newModels.length > 0 ? [`New models, without endpoint: ${newModels.join(", ")}.`] : []),
    ...excluded.map(({ reason, votes }) => `Left out of the ratings: ${votes} (${reason}).`),
    ...criteria.map(({ criterion, votes }) => `With an answer to ${criterion}: ${votes}.`),
    ...(dryRun ? [] : ["The board is fitted anew by the worker."]),
  ].join("\n");
}

async function disconnecting(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await db().$disconnect();
  }
}
