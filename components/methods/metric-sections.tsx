import Link from "next/link";
import { Formula } from "@/components/demos/formula";
import type { MethodSection } from "@/components/methods/method-section";

/** What is measured on images without people. */
export const METRIC_SECTIONS: readonly MethodSection[] = [
  {
    id: "fd",
    body: (t) => (
      <>
        <p>{t("fd.text")}</p>
        <Formula
          tex="d^2 = \lVert \mu_1 - \mu_2 \rVert^2 + \operatorname{tr}\bigl(\Sigma_1 + \Sigma_2 - 2\,(\Sigma_1 \Sigma_2)^{1/2}\bigr)"
          meaning={t("fd.meaning")}
        />
        <p>{t("fd.biased")}</p>
      </>
    ),
  },
  {
    id: "beside",
    body: (t) => (
      <p>
        {t.rich("beside.text", {
          link: (chunks) => (
            <Link href="/references" className="link">
              {chunks}
            </Link>
          ),
        })}
      </p>
    ),
  },
  { id: "grader", body: (t) => <p>{t("grader.text")}</p> },
  { id: "contrastive", body: (t) => <p>{t("contrastive.text")}</p> },
  { id: "motion", body: (t) => <p>{t("motion.text")}</p> },
];
