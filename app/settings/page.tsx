import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { offer, requirePage } from "@/app/page-access";
import { QuotasForm } from "@/components/site-settings/quotas-form";
import { Messages } from "@/components/messages";
import { BlockedWords } from "@/components/moderation/blocked-words";
import { LogoForm } from "@/components/site-settings/logo-form";
import { LookForm } from "@/components/site-settings/look-form";
import { SettingsRoom } from "@/components/site-settings/settings-room";
import { readBlockedWords } from "@/lib/moderation/checks/blocked-list";
import { readSettings } from "@/lib/settings/change-settings";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site-settings.page");
  return { title: t("title"), robots: { index: false } };
}

export default async function SettingsPage() {
  await requirePage("settings.see");
  const t = await getTranslations("site-settings.page");
  const [settings, changing] = [await readSettings(), await offer("settings.change")];
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t.rich("about", {
          link: (chunks) => (
            <Link href="/audit" className="link">
              {chunks}
            </Link>
          ),
        })}
      </p>
      <Messages areas={["site-settings", "moderation"]}>
        <SettingsRoom initial={settings} changing={changing} />
        <QuotasForm initial={settings} changing={changing} />
        <LookForm initial={settings} changing={changing} />
        <LogoForm initial={settings.logo} changing={changing} />
        <BlockedWords initial={await readBlockedWords()} changing={changing} />
      </Messages>
    </div>
  );
}
