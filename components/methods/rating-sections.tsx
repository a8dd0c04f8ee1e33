import { Formula } from "@/components/demos/formula";
import type { MethodSection } from "@/components/methods/method-section";

/** How votes become ratings and ranks, and which pair is voted on next. */
export const RATING_SECTIONS: readonly MethodSection[] = [
  {
    id: "ratings",
    body: (t) => (
      <>
        <p>{t("ratings.fit")}</p>
        <p>{t("ratings.ownPrompts")}</p>
        <Formula tex="P(a \succ b) = \frac{1}{1 + 10^{(R_b - R_a) / 400}}" meaning={t("ratings.chance")} />
        <p>{t("ratings.ties")}</p>
        <p>{t("ratings.intervals")}</p>
        <Formula
          tex="V = H^{-1} B\, H^{-1}, \quad B = B_{\text{voter}} + B_{\text{prompt}} - B_{\text{both}}"
          meaning={t("ratings.sandwich")}
        />
        <p>{t("ratings.snapshot")}</p>
        <p>{t.rich("ratings.spread", { em: (chunks) => <em>{chunks}</em> })}</p>
      </>
    ),
  },
  { id: "style", body: (t) => <p>{t("style.text")}</p> },
  { id: "criteria", body: (t) => <p>{t("criteria.text")}</p> },
  {
    id: "elo",
    body: (t) => (
      <>
        <p>{t("elo.text")}</p>
        <Formula tex="R' = R + K\,(S - E)" meaning={t("elo.meaning")} />
      </>
    ),
  },
  { id: "pairs", body: (t) => <p>{t("pairs.text")}</p> },
];
