import Link from "next/link";
import { Formula } from "@/components/demos/formula";
import type { MethodSection } from "@/components/methods/method-section";

/** What models that look at images say, and what that is worth beside people's votes. */
export const JUDGE_SECTIONS: readonly MethodSection[] = [
  {
    id: "judges",
    body: (t) => (
      <>
        <p>{t("judges.text")}</p>
        <p>
          {t.rich("judges.card", {
            link: (chunks) => (
              <Link className="link" href="/judges">
                {chunks}
              </Link>
            ),
          })}
        </p>
      </>
    ),
  },
  {
    id: "people-and-judge",
    body: (t) => (
      <>
        <p>{t.rich("people-and-judge.text", { em: (chunks) => <em>{chunks}</em> })}</p>
        <Formula
          tex="n_{\text{eff}} = \frac{n}{1 - \dfrac{\rho^2}{1 + n / N}}"
          meaning={t("people-and-judge.meaning")}
        />
      </>
    ),
  },
];
