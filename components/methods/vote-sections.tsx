import type { MethodSection } from "@/components/methods/method-section";

/** What a vote is, and what becomes of it. */
export const VOTE_SECTIONS: readonly MethodSection[] = [
  {
    id: "votes",
    body: (t) => (
      <>
        <p>{t("votes.battle")}</p>
        <p>{t("votes.leftOut")}</p>
        <p>{t("votes.kept")}</p>
      </>
    ),
  },
];
