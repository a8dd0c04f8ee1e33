import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/or-not-found";
import { requirePage } from "@/app/page-access";
import { Messages } from "@/components/messages";
import { LiveRun } from "@/components/runs/live-run";
import { readSharedRun } from "@/lib/pages/read-shared-run";

export const dynamic = "force-dynamic";
/** The address is a key: it goes into no index and to no other site. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("runs.page");
  return { title: t("shared"), robots: { index: false, follow: false }, referrer: "no-referrer" };
}

export default async function SharedRunPage({ params }: PageProps<"/shared/[token]">) {
  await requirePage("links.open");
  const { token } = await params;
  return (
    <Messages areas={["models", "moderation", "runs", "submit", "viewer"]}>
      <LiveRun initial={await orNotFound(readSharedRun({ token }))} link={token} />
    </Messages>
  );
}
