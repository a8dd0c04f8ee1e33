import Link from "next/link";
import type { MethodSection } from "@/components/methods/method-section";

/** Where a number should not be trusted further. */
export const LIMIT_SECTIONS: readonly MethodSection[] = [
  { id: "missing", body: (t) => <p>{t("missing.text")}</p> },
  {
    id: "limits",
    body: (t) => (
      <>
        <p>{t("limits.text")}</p>
        <p>
          {t.rich("limits.open", {
            link: (chunks) => (
              <Link className="link" href="/docs/api">
                {chunks}
              </Link>
            ),
          })}
        </p>
      </>
    ),
  },
];
