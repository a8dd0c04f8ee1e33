import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { currentVoter } from "@/app/current-voter";
import { OwnAccount } from "@/components/account/own-account";
import { Messages } from "@/components/messages";
import { readAccountPage } from "@/lib/accounts/read-account-page";
import { readUsage } from "@/lib/quotas/read-usage";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("own.title"), robots: { index: false } };
}

export default async function OwnAccountPage() {
  const t = await getTranslations("account");
  const account = await readAccountPage((await headers()).get("cookie"), Date.now());
  if (account === null) redirect("/sign-in");
  const voterId = await currentVoter();
  const usage = voterId === null ? [] : await readUsage(voterId, Date.now());
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("own.heading")}</h1>
      <Messages areas={["account"]}>
        <OwnAccount account={account} usage={usage} />
      </Messages>
    </div>
  );
}
