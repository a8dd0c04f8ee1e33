"use client";

import { useTranslations } from "next-intl";
import { SecretLinks } from "@/components/secret-links";
import { useFormat } from "@/components/use-format";
import type { RunLinkView } from "@/lib/schemas/run-links";

/** The secret links to a run, for who submitted it. */
export function RunLinks({ runId, initial }: { runId: string; initial: RunLinkView[] }) {
  const t = useTranslations("runs.links");
  const { day } = useFormat();
  return (
    <section aria-labelledby="run-links" className="page pt-12">
      <h2 id="run-links" className="text-2xl">
        {t("title")}
      </h2>
      <p className="text-muted mt-1 text-sm">{t("about")}</p>
      <SecretLinks<RunLinkView, { links: RunLinkView[] }>
        path={`/api/v1/runs/${runId}/links`}
        initial={{ links: initial }}
        linksOf={({ links }) => links}
        usedText={({ lastUsedAt }) =>
          lastUsedAt === null ? t("unused") : t("used", { day: day(lastUsedAt) })
        }
        revokeText={t("revoke")}
        make={t("make")}
      />
    </section>
  );
}
