import { Argument, Option, type Command } from "commander";
import { changeRole } from "@/lib/accounts/change-role";
import { disableAccount } from "@/lib/accounts/disable-account";
import { ownerLink, siteLink } from "@/lib/accounts/invites";
import { listAccounts } from "@/lib/accounts/list-accounts";
import { inviteSomebody, listOpenInvites, revokeAccountInvite } from "@/lib/accounts/manage-invites";
import { switchOffSecondFactor } from "@/lib/accounts/remove-second-factor";
import { OPERATOR } from "@/lib/accounts/manager";
import { db } from "@/lib/db/client";
import { UserRole } from "@/lib/db/generated/enums";
import { accountInviteCreation } from "@/lib/schemas/administration/users";
import { withDatabase } from "./with-database";

const ROLES = Object.values(UserRole).map((role) => role.toLowerCase());
const roleOf = (text: string) => text.toUpperCase() as UserRole;

/** `salon owner link` and `salon accounts list|invite|invitations|revoke|role|disable|enable|second-factor`: people with accounts. */
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
        let before: string | undefined;
        do {
          const { accounts, next } = await listAccounts({ before });
          for (const { email, name, role, createdAt, disabledAt } of accounts)
            console.log(
              `${role.toLowerCase().padEnd(10)} ${createdAt.slice(0, 10)}  ${email}  ${name}${disabledAt === null ? "" : "  (disabled)"}`,
            );
          before = next ?? undefined;
        } while (before !== undefined);
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
    .option("--send", "send it to that address too", false)
    .action((options: { role: string; email?: string; days: number; send: boolean }) =>
      onDatabase(async () => {
        const { role, email = null, days, send } = options;
        if (!(Number.isInteger(days) && days > 0 && days <= 365))
          throw new Error("--days must be a whole number from 1 to 365.");
        const wanted = accountInviteCreation.parse({ role: roleOf(role), email, days, send });
        const { path } = await inviteSomebody({ wanted, manager: OPERATOR, now: Date.now() });
        console.log(siteLink(path));
      }),
    );
  accounts
    .command("role")
    .description("give an account another role")
    .argument("<address>", "its e-mail address")
    .addArgument(new Argument("<role>").choices(ROLES))
    .action((email: string, role: string) =>
      onDatabase(async () => {
        await changeRole({ account: { email }, role: roleOf(role), manager: OPERATOR });
        console.log(`${email} is ${role} now.`);
      }),
    );
  registerInvitations(accounts);
  registerDisabling(accounts);
  accounts
    .command("second-factor")
    .description("switch off the second factor of somebody who lost the app and the backup codes")
    .addArgument(new Argument("<state>").choices(["off"]))
    .argument("<address>", "the account's e-mail address")
    .action((_: string, email: string) =>
      onDatabase(async () => {
        await switchOffSecondFactor({ account: { email }, manager: OPERATOR });
        console.log(`${email} signs in with the password alone now.`);
      }),
    );
}

function registerInvitations(accounts: Command): void {
  accounts
    .command("invitations")
    .description("invitations that wait to be used")
    .action(() =>
      onDatabase(async () => {
        for (const { id, role, email, expiresAt } of (await listOpenInvites({ now: Date.now() })).invites)
          console.log(
            `${id}  ${role.toLowerCase().padEnd(10)} until ${expiresAt?.slice(0, 10) ?? "it is used"}  ${email ?? "whoever has the link"}`,
          );
      }),
    );
  accounts
    .command("revoke")
    .description("revoke an invitation")
    .argument("<id>", "of `salon accounts invitations`")
    .action((id: string) =>
      onDatabase(async () => {
        await revokeAccountInvite({ id, manager: OPERATOR, now: Date.now() });
        console.log("It makes no account any more.");
      }),
    );
}

function registerDisabling(accounts: Command): void {
  for (const disabled of [true, false]) {
    accounts
      .command(disabled ? "disable" : "enable")
      .description(disabled ? "sign an account out everywhere and let nobody in with it" : "let it in again")
      .argument("<address>", "its e-mail address")
      .action((email: string) =>
        onDatabase(async () => {
          await disableAccount({ account: { email }, disabled, manager: OPERATOR, now: Date.now() });
          console.log(`${email} is ${disabled ? "disabled" : "enabled"} now.`);
        }),
      );
  }
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
