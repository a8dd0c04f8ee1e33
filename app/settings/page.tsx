import type { Metadata } from "next";
import Link from "next/link";
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
export const metadata: Metadata = { title: "Settings", robots: { index: false } };

export default async function SettingsPage() {
  await requirePage("settings.see");
  const [settings, changing] = [await readSettings(), await offer("settings.change")];
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Settings</h1>
      <p className="text-muted mt-3 max-w-2xl">
        What people without an account may do on this site, its name and its appearance. A change holds from
        the next request on.{" "}
        <Link href="/audit" className="link">
          Who changed what
        </Link>
      </p>
      <SettingsRoom initial={settings} changing={changing} />
      <QuotasForm initial={settings} changing={changing} />
      <LookForm initial={settings} changing={changing} />
      <LogoForm initial={settings.logo} changing={changing} />
      <Messages areas={["moderation"]}>
        <BlockedWords initial={await readBlockedWords()} changing={changing} />
      </Messages>
    </div>
  );
}
