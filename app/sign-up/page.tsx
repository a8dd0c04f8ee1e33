import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { NewAccount } from "@/components/account/new-account";
import { Messages } from "@/components/messages";
import { findInvite } from "@/lib/accounts/invites";
import { signInChoices } from "@/lib/accounts/sign-in-choices";
import { single } from "../search";

export const dynamic = "force-dynamic";
/** The address may be a key: it goes into no index and to no other site. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("signUp.title"), robots: { index: false }, referrer: "no-referrer" };
}

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  const t = await getTranslations("account.signUp");
  const token = single((await searchParams).invite);
  const invite = token === undefined ? null : await findInvite(token, Date.now());
  const isOpen = token === undefined ? signInChoices().signUp === "open" : invite !== null;
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      {isOpen ? (
        <div className="mt-8 max-w-md">
          <Messages areas={["account"]}>
            <NewAccount invite={token} email={invite?.email ?? undefined} />
          </Messages>
        </div>
      ) : (
        <p className="text-muted mt-3 max-w-2xl">{t(token === undefined ? "closed" : "invalid")}</p>
      )}
      <p className="mt-8 text-sm">
        <Link href="/sign-in" className="link">
          {t("haveOne")}
        </Link>
      </p>
    </div>
  );
}
