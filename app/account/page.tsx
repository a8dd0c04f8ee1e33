import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { currentVoter } from "@/app/current-voter";
import { OwnAccount } from "@/components/account/own-account";
import { readAccountPage } from "@/lib/accounts/read-account-page";
import { readUsage } from "@/lib/quotas/read-usage";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Account", robots: { index: false } };

export default async function OwnAccountPage() {
  const account = await readAccountPage((await headers()).get("cookie"), Date.now());
  if (account === null) redirect("/sign-in");
  const voterId = await currentVoter();
  const usage = voterId === null ? [] : await readUsage(voterId, Date.now());
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Your account</h1>
      <OwnAccount account={account} usage={usage} />
    </div>
  );
}
