import type { Command } from "commander";
import { db } from "@/lib/db/client";
import { isId } from "@/lib/ids";
import { verifyCriterionSnapshot } from "@/lib/rankings/verify-criterion-snapshot";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";

/** `salon snapshot verify ID`: recompute a snapshot from the vote log. Exit code 1 when it does not match. */
export function registerSnapshot(program: Command): void {
  program
    .command("snapshot")
    .description("rating snapshots")
    .command("verify <id>")
    .description("recompute a snapshot from the vote log and compare every number to 1e-9")
    .action(async (id: string) => {
      try {
        const { ok, votes, differences } = await verify(id);
        for (const difference of differences) console.error(difference);
        console.log(ok ? `${id} matches the log of ${votes} votes.` : `${id} does not match the vote log.`);
        process.exitCode = ok ? 0 : 1;
      } finally {
        await db().$disconnect();
      }
    });
}

const verify = (id: string) =>
  isId("criterionSnapshot", id) ? verifyCriterionSnapshot(id) : verifyStoredSnapshot(id);
