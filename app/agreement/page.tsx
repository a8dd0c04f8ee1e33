import { requireBoard } from "@/lib/boards/require-board";
import { currentAsker } from "@/app/page-access";
import type { Metadata } from "next";
import Link from "next/link";
import { orNotFound } from "@/app/or-not-found";
import { single } from "@/app/search";
import { ProxySection } from "@/components/agreement/proxy-section";
import { VendorRanks } from "@/components/agreement/vendor-ranks";
import { BoardNav } from "@/components/boards/board-nav";
import { counted } from "@/components/format";
import { listBoards } from "@/lib/boards/list-boards";
import { readVendorRanks } from "@/lib/judges/read-vendor-ranks";
import { readAgreement } from "@/lib/pages/read-agreement";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Agreement",
  description: "How far metrics, judges, price and speed order models as people do, and where they mislead.",
};

export default async function AgreementPage({ searchParams }: PageProps<"/agreement">) {
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
      <h1 className="text-4xl sm:text-5xl">Do the numbers agree with people?</h1>
      <p className="text-muted mt-3 max-w-2xl">
        Up: people&apos;s rating. Right: what might stand in for it, a metric, a judge, the price, the speed.
        One that can be trusted puts the models on a line from lower left to upper right. Crosses are 95%
        intervals.
        {view?.snapshot && ` ${counted(view.snapshot.votes, "vote")} so far.`}
      </p>
      {!view?.snapshot || view.proxies.length === 0 ? (
        <div className="card mt-10 p-12 text-center">
          <p className="text-muted mx-auto max-w-md">
            {view?.snapshot
              ? "No rated model has a score yet. Scores come with the first published run."
              : "Nobody has voted yet, so there is nothing to agree with."}
          </p>
          <Link href={slug ? `/arena?board=${slug}` : "/arena"} className="button-primary mt-5 inline-block">
            Vote in the arena
          </Link>
        </div>
      ) : (
        <div className="mt-12 space-y-14">
          {view.proxies.map((proxy) => (
            <ProxySection key={proxy.id} proxy={proxy} models={view.models} />
          ))}
          {vendors && <VendorRanks {...vendors} />}
        </div>
      )}
    </div>
  );
}
