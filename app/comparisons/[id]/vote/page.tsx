import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentVoter } from "@/app/current-voter";
import { orNotFound } from "@/app/or-not-found";
import { Voting } from "@/components/comparisons/voting";
import { Messages } from "@/components/messages";
import { readVoting } from "@/lib/comparisons/read-voting";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("comparisons.join");
  return { title: t("title"), robots: { index: false } };
}

export default async function ComparisonVotePage({ params }: PageProps<"/comparisons/[id]/vote">) {
  const ask = { comparisonId: (await params).id, voterId: await currentVoter() };
  return (
    <Messages areas={["arena", "clips", "comparisons", "moderation", "viewer"]}>
      <Voting comparison={await orNotFound(readVoting(ask))} />
    </Messages>
  );
}
