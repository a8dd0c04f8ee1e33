import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { currentVoter } from "@/app/current-voter";
import { RefreshEvery } from "@/components/refresh-every";
import { RunList } from "@/components/runs/run-list";
import { isActive } from "@/components/runs/run-states";
import { listRuns } from "@/lib/runs/list-runs";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("runs.page");
  return { title: t("title"), description: t("description") };
}

export default async function RunsPage() {
  const t = await getTranslations("runs.page");
  const runs = await listRuns({ limit: 100, voterId: await currentVoter() });
  return (
    <div className="page pt-10 sm:pt-14">
      {runs.some((run) => isActive(run.state)) && <RefreshEvery seconds={4} />}
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t.rich("about", {
          link: (chunks) => (
            <Link className="link" href="/comparisons">
              {chunks}
            </Link>
          ),
        })}
      </p>
      <div className="mt-10">
        {runs.length === 0 ? (
          <p className="card text-muted p-8 text-center">
            {t.rich("none", {
              link: (chunks) => (
                <Link className="link" href="/submit">
                  {chunks}
                </Link>
              ),
            })}
          </p>
        ) : (
          <RunList runs={runs} />
        )}
      </div>
    </div>
  );
}
