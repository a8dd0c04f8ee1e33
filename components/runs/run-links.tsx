"use client";

import { day } from "@/components/format";
import { SecretLinks } from "@/components/secret-links";
import type { RunLinkView } from "@/lib/schemas/run-links";

/** The secret links to a run, for who submitted it. */
export function RunLinks({ runId, initial }: { runId: string; initial: RunLinkView[] }) {
  return (
    <section aria-labelledby="run-links" className="page pt-12">
      <h2 id="run-links" className="text-2xl">
        Links to this run
      </h2>
      <p className="text-muted mt-1 text-sm">
        Whoever has a link sees this run, its samples and its scores, and nothing else of yours.
      </p>
      <SecretLinks<RunLinkView, { links: RunLinkView[] }>
        path={`/api/v1/runs/${runId}/links`}
        initial={{ links: initial }}
        linksOf={({ links }) => links}
        usedText={({ lastUsedAt }) => (lastUsedAt === null ? "not used yet" : `last used ${day(lastUsedAt)}`)}
        revokeText="From now on the link shows nothing."
        make="Make a link, valid for 30 days"
      />
    </section>
  );
}
