import Link from "next/link";
import { useTranslations } from "next-intl";

/** What a site that takes no submissions says in place of a form. */
export function SubmissionsClosed() {
  const t = useTranslations("submit.closed");
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl sm:text-5xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t.rich("about", {
          link: (chunks) => (
            <Link href="/arena" className="link">
              {chunks}
            </Link>
          ),
        })}
      </p>
    </div>
  );
}
