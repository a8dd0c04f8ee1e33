import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentAccount } from "@/app/current-voter";
import { Messages } from "@/components/messages";
import { EraseOwn } from "@/components/privacy/erase-own";
import { KeptTable } from "@/components/privacy/kept-table";
import { OwnSummary } from "@/components/privacy/own-summary";
import { Paragraphs } from "@/components/site-settings/site-text";
import { readLook } from "@/lib/settings/read-look";
import { readPrivacyPage } from "@/lib/privacy/read-privacy-page";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("privacy.page");
  return { title: t("title"), robots: { index: false } };
}

export default async function PrivacyPage() {
  const t = await getTranslations("privacy.page");
  const [page, look] = [await readPrivacyPage(await currentAccount()), await readLook()];
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("about")}</p>
      {look.privacy !== null && <Paragraphs text={look.privacy} />}
      <OwnSummary page={page} />
      {page.isKnown && (
        <Messages areas={["privacy"]}>
          <EraseOwn hasAccount={page.hasAccount} hasPassword={page.hasPassword} />
        </Messages>
      )}
      <KeptTable retention={page.retention} />
    </div>
  );
}
