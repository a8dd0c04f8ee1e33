import { Option, type Command } from "commander";
import { OPERATOR } from "@/lib/accounts/manager";
import { db } from "@/lib/db/client";
import { eraseOther, exportOther } from "@/lib/privacy/manage-person";
import type { Listed } from "@/lib/privacy/erasure";
import type { PersonName } from "@/lib/privacy/find-person";
import { findVoters } from "@/lib/votes/find-voters";
import { OUT, writeTable } from "./write-table";

type Who = { voter?: string; account?: string };

/** `salon privacy export|erase`: one person's data, at their request. */
export function registerPrivacy(program: Command): void {
  const privacy = program.command("privacy").description("one person's data: export it, erase it");
  whose(privacy.command("export"))
    .description("write everything that is somebody's, as JSON lines")
    .option(...OUT)
    .action(({ out, ...who }: Who & { out?: string }) =>
      writeTable(
        async () => exportOther({ person: await personOf(who), manager: OPERATOR, now: Date.now() }),
        out,
      ),
    );
  whose(privacy.command("erase"))
    .description("erase somebody: account, own prompts, private things; their votes stay, of nobody")
    .addOption(
      new Option(
        "--listed <what>",
        "models, boards and more that others may see: leave them to the site, or remove them",
      )
        .choices(["keep", "remove"])
        .default("keep"),
    )
    .requiredOption("--yes", "do it: it cannot be undone")
    .action(async ({ listed, ...who }: Who & { listed: Listed }) => {
      try {
        const { votes, things } = await eraseOther({
          person: await personOf(who),
          manager: OPERATOR,
          listed,
        });
        for (const [kind, { removed, kept }] of Object.entries(things))
          if (removed + kept > 0) console.log(`${kind}: ${removed} removed, ${kept} left to the site`);
        console.log(
          `Erased. ${votes} votes stay, of nobody. Images are deleted by the workers within the hour.`,
        );
        console.log("Backups made before still hold all of it.");
      } finally {
        await db().$disconnect();
      }
    });
}

const whose = (command: Command) =>
  command
    .option("--voter <voter>", "a visitor: id, or pseudonym of an exported log")
    .option("--account <address>", "an account, by its e-mail address");

async function personOf({ voter, account }: Who): Promise<PersonName> {
  if ((voter === undefined) === (account === undefined))
    throw new Error("Say whose: either --voter or --account.");
  if (account !== undefined) return { email: account };
  const [voterId] = await findVoters([voter!], db());
  return { voterId };
}
