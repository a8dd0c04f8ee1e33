import { Argument, Option, type Command } from "commander";
import { changeRole, listAccounts } from "@/lib/accounts/change-role";
import { createInvite, invitePath, ownerLink, siteLink } from "@/lib/accounts/invites";
import { db } from "@/lib/db/client";
import { UserRole } from "@/lib/db/generated/enums";
import { withDatabase } from "./with-database";

const ROLES = Object.values(UserRole).map((role) => role.toLowerCase());
const roleOf = (text: string) => text.toUpperCase() as UserRole;

/** `salon owner link` and `salon accounts list|invite|role`: people with accounts. */
export function registerAccounts(program: Command): void {
  const owner = program.command("owner").description("the site's owner");
  owner
    .command("link")
    .description("print a fresh link that makes an owner's account, once; earlier ones end")
    .action(() =>
      onDatabase(async () => {
        console.log(siteLink(await ownerLink({ fresh: true, now: Date.now() })));
      }),
    );

  const accounts = program.command("accounts").description("people with accounts: list, invite, roles");
  accounts
    .command("list")
    .description("all accounts with their roles")
    .action(() =>
      onDatabase(async () => {
        for (const { email, name, role, since } of await listAccounts())
          console.log(
            `${role.toLowerCase().padEnd(10)} ${since.toISOString().slice(0, 10)}  ${email}  ${name}`,
          );
      }),
    );
  accounts
    .command("invite")
    .description("print a link that makes one account")
    .addOption(
      new Option("--role <role>", "its role")
        .choices(ROLES.filter((role) => role !== "owner"))
        .default("voter"),
    )
    .option("--email <address>", "only for this address, which counts as confirmed then")
    .option("--days <days>", "how long the link is valid", Number, 14)
    .action((options: { role: string; email?: string; days: number }) =>
      onDatabase(async () => {
        const { role, email = null, days } = options;
        if (!(days > 0 && days <= 365)) throw new Error("--days must be between 0 and 365.");
        const invite = await createInvite({ role: roleOf(role), email, days, now: Date.now() });
        console.log(siteLink(await invitePath(invite)));
      }),
    );
  accounts
    .command("role")
    .description("give an account another role")
    .argument("<address>", "its e-mail address")
    .addArgument(new Argument("<role>").choices(ROLES))
    .action((email: string, role: string) =>
      onDatabase(async () => {
        await changeRole({ email, role: roleOf(role) });
        console.log(`${email} is ${role} now.`);
      }),
    );
}

/** Whether Salon runs or not. */
const onDatabase = (work: () => Promise<void>) =>
  withDatabase(async () => {
    try {
      await work();
    } finally {
      await db().$disconnect();
    }
  });
