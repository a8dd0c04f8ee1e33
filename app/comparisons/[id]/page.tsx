import type { Metadata } from "next";
import { cache } from "react";
import { currentVoter } from "@/app/current-voter";
import { orNotFound } from "@/app/or-not-found";
import { ComparisonLinks } from "@/components/comparisons/links";
import { ComparisonResultsView } from "@/components/comparisons/results";
import { Messages } from "@/components/messages";
import { listComparisonInvites } from "@/lib/comparisons/invites";
import { readComparisonResults } from "@/lib/comparisons/read-results";

export const dynamic = "force-dynamic";

type Props = PageProps<"/comparisons/[id]">;

/** Once a request, for the page and its metadata. */
const read = cache(async (comparisonId: string) =>
  orNotFound(readComparisonResults({ comparisonId, voterId: await currentVoter() })),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await read((await params).id)).name };
}

export default async function ComparisonPage({ params }: Props) {
  const { id: comparisonId } = await params;
  const results = await read(comparisonId);
  const invites = await orNotFound(listComparisonInvites({ comparisonId, voterId: await currentVoter() }));
  return (
    <div className="page pt-10 sm:pt-14">
      <Messages areas={["clips", "comparisons", "moderation", "runs", "viewer"]}>
        <ComparisonResultsView initial={results} />
        <ComparisonLinks comparisonId={comparisonId} initial={invites} />
      </Messages>
    </div>
  );
}
