import type { Metadata } from "next";
import { currentAccount } from "@/app/current-voter";
import { EraseOwn } from "@/components/privacy/erase-own";
import { KeptTable } from "@/components/privacy/kept-table";
import { OwnSummary } from "@/components/privacy/own-summary";
import { Paragraphs } from "@/components/site-settings/site-text";
import { readLook } from "@/lib/settings/read-look";
import { readPrivacyPage } from "@/lib/privacy/read-privacy-page";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Privacy", robots: { index: false } };

export default async function PrivacyPage() {
  const [page, look] = [await readPrivacyPage(await currentAccount()), await readLook()];
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Privacy</h1>
      <p className="text-muted mt-3 max-w-2xl">
        What this site keeps about you, for how long, and how to export or erase it.
      </p>
      {look.privacy !== null && <Paragraphs text={look.privacy} />}
      <OwnSummary page={page} />
      {page.isKnown && <EraseOwn hasAccount={page.hasAccount} hasPassword={page.hasPassword} />}
      <KeptTable retention={page.retention} />
    </div>
  );
}
