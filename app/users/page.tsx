import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { offer, requirePage } from "@/app/page-access";
import { single } from "@/app/search";
import { Messages } from "@/components/messages";
import { AccountsRoom } from "@/components/users/accounts-room";
import { InvitesRoom } from "@/components/users/invites-room";
import { listAccounts } from "@/lib/accounts/list-accounts";
import { listOpenInvites } from "@/lib/accounts/manage-invites";
import { signInChoices } from "@/lib/accounts/sign-in-choices";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("users.page");
  return { title: t("title"), robots: { index: false } };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function UsersPage({ searchParams }: { searchParams: Search }) {
  await requirePage("accounts.see");
  const t = await getTranslations("users.page");
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
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("about")}</p>
      <Messages areas={["users"]}>
        <AccountsRoom
          key={`${search} ${before ?? ""}`}
          initial={page}
          search={search}
          isFirst={before === undefined}
        />
        {changing.kind === "open" && <InvitesRoom initial={invites} sendsMail={signInChoices().mail} />}
      </Messages>
    </div>
  );
}
