import { currentAsker } from "@/app/page-access";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { listBoards } from "@/lib/boards/list-boards";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("leaderboard");
  return { title: t("title") };
}

export default async function LeaderboardIndexPage() {
  const t = await getTranslations("leaderboard");
  const [first] = await listBoards({ by: await currentAsker() });
  if (first) redirect(`/leaderboard/${first.slug}`);
  return (
    <div className="page py-20 text-center">
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mx-auto mt-4 max-w-md">
        {t.rich("noBoard", {
          code: (chunks) => <code className="bg-sunk rounded px-1.5 py-0.5 text-sm">{chunks}</code>,
          link: (chunks) => (
            <Link href="/submit" className="link">
              {chunks}
            </Link>
          ),
        })}
      </p>
    </div>
  );
}
