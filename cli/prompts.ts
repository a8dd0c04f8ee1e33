import type { Command } from "commander";
import { listPrompts } from "@/lib/prompts/list-prompts";
import { retirePrompts } from "@/lib/prompts/retire-prompts";
import { db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { orExit } from "./metric-input";
import { listSets, registerPromptSets } from "./prompt-sets";

/** Adds `salon prompts`: sets of prompts, and which prompts are in a board's arena. */
export function registerPrompts(program: Command): void {
  const prompts = program
    .command("prompts")
    .description("Manage prompt sets, and the prompts of a board's arena.");
  prompts
    .command("list")
    .description(
      "the prompt sets; of a board the prompts that are or were in its arena, with their counted votes",
    )
    .argument("[board]", "slug")
    .option("--archived", "archived sets too", false)
    .option("--set <slug>", "which of the board's prompt sets, if not the first")
    .action((board: string | undefined, { archived, set }: { archived: boolean; set?: string }) =>
      orExit(() =>
        (board === undefined ? listSets(archived) : list(board, set)).finally(() => db().$disconnect()),
      ),
    );
  prompts
    .command("retire")
    .description(
      "take prompts out of the arena for good: their samples may then be shown with names, and their votes stay",
    )
    .argument("<board>", "slug")
    .argument("<prompts...>", "indices and ranges of them, such as 3 12-23")
    .option("--set <slug>", "which of the board's prompt sets, if not the first")
    .action((board: string, places: string[], { set }: { set?: string }) =>
      orExit(() => retire(board, set, places).finally(() => db().$disconnect())),
    );
  registerPromptSets(prompts);
}

async function list(board: string, set: string | undefined): Promise<string> {
  const rows = await listPrompts({ board, set });
  const line = ({ index, votes, category, text, retiredAt }: (typeof rows)[number]) =>
    [
      String(index).padStart(5),
      String(votes).padStart(6),
      retiredAt === null ? "arena  " : "retired",
      category,
      text,
    ].join("  ");
  return `index   votes  state    category  prompt\n${rows.map((row) => `${line(row)}\n`).join("")}`;
}

async function retire(board: string, set: string | undefined, places: string[]): Promise<string> {
  const { retired, left } = await retirePrompts({ board, set, indices: places.flatMap(indicesOf) });
  return `${retired} ${retired === 1 ? "prompt has" : "prompts have"} left the arena of ${board}; ${left} stay in it.\n`;
}

/** "12" or "12-23" as indices. */
function indicesOf(text: string): number[] {
  const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text);
  const [from, to] = match ? [Number(match[1]), Number(match[2] ?? match[1])] : [0, -1];
  if (from > to) throw new SalonError("invalid_request", `${text} is no index and no range such as 12-23.`);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
