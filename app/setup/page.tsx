import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewAccount } from "@/components/account/new-account";
import { Messages } from "@/components/messages";
import { findInvite } from "@/lib/accounts/invites";
import { single } from "../search";

export const dynamic = "force-dynamic";
/** The address is a key: it goes into no index and to no other site. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("setup.title"), robots: { index: false }, referrer: "no-referrer" };
}

export default async function SetupPage({ searchParams }: PageProps<"/setup">) {
  const t = await getTranslations("account.setup");
  const token = single((await searchParams).token) ?? "";
  const invite = await findInvite(token, Date.now());
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("heading")}</h1>
      {invite?.role === "OWNER" ? (
        <>
          <p className="text-muted mt-3 max-w-2xl">{t("about")}</p>
          <div className="mt-8 max-w-md">
            <Messages areas={["account"]}>
              <NewAccount invite={token} />
            </Messages>
          </div>
        </>
      ) : (
        <p className="text-muted mt-3 max-w-2xl">
          {t.rich("invalid", { code: (chunks) => <code translate="no">{chunks}</code> })}
        </p>
      )}
    </div>
  );
}
