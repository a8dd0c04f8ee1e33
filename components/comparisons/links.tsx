"use client";

import { useTranslations } from "next-intl";
import { SecretLinks } from "@/components/secret-links";
import type { ComparisonInviteView } from "@/lib/schemas/comparisons";

/** A comparison's links: one more is made and shown once, and each can be revoked. */
export function ComparisonLinks({
  comparisonId,
  initial,
}: {
  comparisonId: string;
  initial: ComparisonInviteView[];
}) {
  const t = useTranslations("comparisons.links");
  return (
    <section aria-labelledby="links" className="mt-12 max-w-3xl">
      <h2 id="links" className="text-2xl">
        {t("title")}
      </h2>
      <SecretLinks<ComparisonInviteView, { invites: ComparisonInviteView[] }>
        path={`/api/v1/comparisons/${comparisonId}/invites`}
        initial={{ invites: initial }}
        linksOf={({ invites }) => invites}
        usedText={({ guests }) => t("guests", { n: guests })}
        revokeText={t("revokeText")}
        make={t("make")}
      />
    </section>
  );
}
