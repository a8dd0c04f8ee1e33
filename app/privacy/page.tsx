import type { Metadata } from "next";
import { currentAccount } from "@/app/current-voter";
import { EraseOwn } from "@/components/privacy/erase-own";
import { KeptTable } from "@/components/privacy/kept-table";
import { OwnSummary } from "@/components/privacy/own-summary";
import { readPrivacyPage } from "@/lib/privacy/read-privacy-page";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Privacy", robots: { index: false } };

export default async function PrivacyPage() {
  const page = await readPrivacyPage(await currentAccount());
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Privacy</h1>
      <p className="text-muted mt-3 max-w-2xl">
        What this site keeps of you, for how long, and how you take it along or have it erased.
      </p>
      <OwnSummary page={page} />
      {page.isKnown && <EraseOwn hasAccount={page.hasAccount} hasPassword={page.hasPassword} />}
      <KeptTable retention={page.retention} />
    </div>
  );
}
