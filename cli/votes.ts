import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Option, type Command } from "commander";
import { db } from "@/lib/db/client";
import { exportVotes } from "@/lib/leaderboard/export-votes";

/** `salon votes export`: a board's vote log in the LMArena layout, voters pseudonymised. */
export function registerVotes(program: Command): void {
  program
    .command("votes")
    .description("vote logs")
    .command("export")
    .description("write a board's counted votes, oldest first")
    .option("--board <slug>", "which board", "text-to-image")
    .addOption(new Option("--format <format>").choices(["csv", "jsonl"]).default("csv"))
    .option("--out <file>", "write here instead of to the terminal")
    .action(async (options: { board: string; format: "csv" | "jsonl"; out?: string }) => {
      try {
        const log = Readable.from(await exportVotes(options));
        await (options.out
          ? pipeline(log, createWriteStream(options.out))
          : pipeline(log, process.stdout, { end: false }));
      } finally {
        await db().$disconnect();
      }
    });
}
