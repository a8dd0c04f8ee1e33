import type { Metadata } from "next";
import { offer, requirePage } from "@/app/page-access";
import { single } from "@/app/search";
import { AccountsRoom } from "@/components/users/accounts-room";
import { InvitesRoom } from "@/components/users/invites-room";
import { listAccounts } from "@/lib/accounts/list-accounts";
import { listOpenInvites } from "@/lib/accounts/manage-invites";
import { signInChoices } from "@/lib/accounts/sign-in-choices";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Users", robots: { index: false } };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function UsersPage({ searchParams }: { searchParams: Search }) {
  await requirePage("accounts.see");
  const given = await searchParams;
  const search = (single(given.search) ?? "").slice(0, 254);
  const before = single(given.before);
  const [page, invites, changing] = await Promise.all([
    listAccounts({ search, before }),
    listOpenInvites({ now: Date.now() }),
    offer("accounts.manage"),
  ]);
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Users</h1>
      <p className="text-muted mt-3 max-w-2xl">
        Who has an account here, and what each may do. Nobody can give a role above their own; the last owner
        stays one. A change holds from the next request on.
      </p>
      <AccountsRoom
        key={`${search} ${before ?? ""}`}
        initial={page}
        search={search}
        isFirst={before === undefined}
      />
      {changing.kind === "open" && <InvitesRoom initial={invites} sendsMail={signInChoices().mail} />}
    </div>
  );
}
