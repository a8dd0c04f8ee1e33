import type { Command } from "commander";
import { includeVotes } from "@/lib/votes/include-votes";
import { listQuarantines, type OpenQuarantine } from "@/lib/votes/checks/list-quarantines";
import { db } from "@/lib/db/client";
import { table } from "./table";

/** `salon votes quarantined|release`: what the vote rules hold back, and letting it count. */
export function registerQuarantines(votes: Command): void {
  votes
    .command("quarantined")
    .description("list the votes that rules hold back, by who they come from, with the numbers they went by")
    .argument("[board]", "slug; all boards unless given")
    .option("--json", "print JSON", false)
    .action(async (board: string | undefined, flags: { json: boolean }) => {
      try {
        const open = await listQuarantines({ board });
        console.log(flags.json ? JSON.stringify(open, null, 2) : told(open));
      } finally {
        await db().$disconnect();
      }
    });
  votes
    .command("release")
    .description("count the votes of quarantines; the same evidence does not hold them back again")
    .argument("<quarantine...>", "ids (see `votes quarantined`)")
    .action(async (quarantines: string[]) => {
      try {
        const { boards } = await includeVotes({ quarantines });
        const total = boards.reduce((sum, { votes }) => sum + votes, 0);
        console.log(
          `Released ${total} ${total === 1 ? "vote" : "votes"}. The boards are fitted anew by the worker.`,
        );
      } finally {
        await db().$disconnect();
      }
    });
}

function told(open: readonly OpenQuarantine[]): string {
  if (open.length === 0) return "No votes are held back.";
  const header = ["id", "board", "votes", "voters", "from one", "first", "last", "rule", "model", "evidence"];
  const rows = open.map((quarantine) => [
    quarantine.id,
    quarantine.board,
    String(quarantine.votes),
    String(quarantine.voters),
    quarantine.group.toLowerCase(),
    minute(quarantine.first),
    minute(quarantine.last),
    quarantine.rule,
    quarantine.model ?? "-",
    Object.entries(quarantine.evidence)
      .map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`)
      .join(", "),
  ]);
  return `${table([header, ...rows])}

Decide with \`salon votes release ID...\`, or \`salon votes exclude --quarantine ID --reason REASON\`.`;
}

const minute = (time: Date) => time.toISOString().slice(0, 16).replace("T", " ");
