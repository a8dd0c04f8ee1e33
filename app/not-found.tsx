import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site.notFound");
  return { title: t("title") };
}

export default function NotFound() {
  const t = useTranslations("site");
  return (
    <div className="page grid place-items-center py-24 text-center">
      <div
        className="frame grid aspect-square w-56 place-items-center [--frame-padding:14px]"
        aria-hidden="true"
      >
        <span className="border-line text-muted grid size-full place-items-center border border-dashed font-serif text-5xl">
          404
        </span>
      </div>
      <h1 className="mt-10 text-3xl">{t("notFound.title")}</h1>
      <p className="text-muted mt-3 max-w-md">{t("notFound.text")}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        <Link className="button-primary" href="/leaderboard">
          {t("seeLeaderboard")}
        </Link>
        <Link className="button-quiet" href="/arena">
          {t("goVote")}
        </Link>
      </div>
    </div>
  );
}
