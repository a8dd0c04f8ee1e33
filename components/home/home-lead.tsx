import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useFormat } from "@/components/use-format";

/** What Salon is in two sentences, the way in, and how much there is. */
export function HomeLead({
  votes,
  models,
  images,
  showsToybox,
}: {
  votes: number;
  models: number;
  images: number;
  /** Whether a board of the bundled models is among those shown. */
  showsToybox: boolean;
}) {
  const t = useTranslations("home");
  const { count } = useFormat();
  return (
    <div className="order-2 lg:order-1">
      <h1 className="text-[2.5rem] leading-[1.05] sm:text-5xl xl:text-6xl">{t("title")}</h1>
      <p className="text-muted mt-6 max-w-[34rem] text-lg leading-relaxed">{t("lead")}</p>
      <div className="mt-8 flex flex-wrap gap-3">
        <Link href="/arena" className="button-primary px-6 text-base">
          {t("vote")} <ArrowRight className="size-4" aria-hidden="true" />
        </Link>
        <Link href="/leaderboard" className="button-quiet px-6 text-base">
          {t("ranking")}
        </Link>
      </div>
      <dl className="border-line mt-10 flex max-w-md justify-between gap-6 border-t pt-5">
        {[
          { key: "votes" as const, n: votes },
          { key: "models" as const, n: models },
          { key: "images" as const, n: images },
        ].map(({ key, n }) => (
          <div key={key} className="flex flex-col-reverse">
            <dt className="text-muted text-sm">{t(key, { n })}</dt>
            <dd className="font-serif text-2xl tabular-nums">{count(n)}</dd>
          </div>
        ))}
      </dl>
      {showsToybox && (
        <p className="text-muted mt-5 max-w-md text-sm">
          {t.rich("toybox", {
            link: (chunks) => (
              <Link href="/boards/new" className="link">
                {chunks}
              </Link>
            ),
          })}
        </p>
      )}
    </div>
  );
}
