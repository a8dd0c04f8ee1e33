"use client";

import { counted } from "@/components/format";
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
  return (
    <section aria-labelledby="links" className="mt-12 max-w-3xl">
      <h2 id="links" className="text-2xl">
        Links
      </h2>
      <SecretLinks<ComparisonInviteView, { invites: ComparisonInviteView[] }>
        path={`/api/v1/comparisons/${comparisonId}/invites`}
        initial={{ invites: initial }}
        linksOf={({ invites }) => invites}
        usedText={({ guests }) =>
          guests === 0 ? "nobody came by it yet" : counted(guests, "person", "people")
        }
        revokeText="Nobody comes by the link any more, and who came by it votes no more. Their votes stay."
        make="Make another link, valid for 30 days"
      />
    </section>
  );
}
