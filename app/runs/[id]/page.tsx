import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { currentAsker, offer } from "@/app/page-access";
import { orNotFound } from "@/app/or-not-found";
import { Messages } from "@/components/messages";
import { RunExamination } from "@/components/runs/run-examination";
import { LiveRun } from "@/components/runs/live-run";
import { RunLinks } from "@/components/runs/run-links";
import { listComparableRuns } from "@/lib/diagnostics/list-comparable-runs";
import { readExamination } from "@/lib/diagnostics/read-diagnostics";
import { listRunLinks } from "@/lib/runs/run-links";
import { readRun } from "@/lib/pages/read-run";

export const dynamic = "force-dynamic";

type Props = PageProps<"/runs/[id]">;

/** Once a request, for the page and its metadata. */
const read = cache(async (runId: string) => {
  return orNotFound(readRun({ runId, ...(await currentAsker()) }));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const run = await read((await params).id);
  const t = await getTranslations("runs.page");
  return { title: t("tab", { model: run.model.name, state: run.state, source: run.source }) };
}

export default async function RunPage({ params }: Props) {
  const { id: runId } = await params;
  const run = await read(runId);
  const ask = { runId, ...(await currentAsker()) };
  const [examination, others, links] = await Promise.all([
    orNotFound(readExamination(ask)),
    listComparableRuns(ask),
    run.canControl ? listRunLinks({ runId, by: ask }) : null,
  ]);
  return (
    <Messages areas={["clips", "comparisons", "models", "moderation", "runs", "submit", "viewer"]}>
      <LiveRun initial={run} controlling={await offer("runs.control")} />
      {links && <RunLinks runId={runId} initial={links} />}
      <RunExamination runId={runId} initial={examination} others={others} />
    </Messages>
  );
}
