import { requireBoard } from "@/lib/boards/require-board";
import { currentAsker } from "@/app/page-access";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/or-not-found";
import { single } from "@/app/search";
import { ProxySection } from "@/components/agreement/proxy-section";
import { VendorRanks } from "@/components/agreement/vendor-ranks";
import { BoardNav } from "@/components/boards/board-nav";
import { Messages } from "@/components/messages";
import { listBoards } from "@/lib/boards/list-boards";
import { readVendorRanks } from "@/lib/judges/read-vendor-ranks";
import { readAgreement } from "@/lib/pages/read-agreement";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agreement");
  return { title: t("title"), description: t("description") };
}

export default async function AgreementPage({ searchParams }: PageProps<"/agreement">) {
  const t = await getTranslations("agreement");
  const asked = single((await searchParams).board);
  const by = await currentAsker();
  const boards = await listBoards({ by, named: asked });
  const slug = asked ?? boards[0]?.slug;
  const [view, vendors] =
    slug === undefined
      ? [null, null]
      : await orNotFound(
          requireBoard({ slug, by, to: "see" }).then(() =>
            Promise.all([readAgreement({ board: slug }), readVendorRanks({ board: slug })]),
          ),
        );
  return (
    <div className="page-wide pt-10 sm:pt-14">
      <BoardNav boards={boards} current={slug} hrefOf={(other) => `/agreement?board=${other}`} />
      <h1 className="text-4xl sm:text-5xl">{t("heading")}</h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t("about")}
        {view?.snapshot && ` ${t("votesSoFar", { n: view.snapshot.votes })}`}
      </p>
      {!view?.snapshot || view.proxies.length === 0 ? (
        <div className="card mt-10 p-12 text-center">
          <p className="text-muted mx-auto max-w-md">{view?.snapshot ? t("noScore") : t("noVotes")}</p>
          <Link href={slug ? `/arena?board=${slug}` : "/arena"} className="button-primary mt-5 inline-block">
            {t("vote")}
          </Link>
        </div>
      ) : (
        <div className="mt-12 space-y-14">
          <Messages areas={["agreement"]}>
            {view.proxies.map((proxy) => (
              <ProxySection key={proxy.id} proxy={proxy} models={view.models} />
            ))}
          </Messages>
          {vendors && <VendorRanks {...vendors} />}
        </div>
      )}
    </div>
  );
}
