import Link from "next/link";
import { useTranslations } from "next-intl";

/** In the place of the table of a board on which no model is listed. */
export function NoModels({ board, maySubmit }: { board: string; maySubmit: boolean }) {
  const t = useTranslations("leaderboard");
  return (
    <div className="card p-12 text-center">
      <p className="text-muted mx-auto max-w-md">{t("noModels.text")}</p>
      <div className="mt-5 flex justify-center gap-3">
        <Link href="/runs" className="button-quiet">
          {t("noModels.runs")}
        </Link>
        {maySubmit && (
          <Link href={`/submit?board=${board}`} className="button-primary">
            {t("noModels.submit")}
          </Link>
        )}
      </div>
    </div>
  );
}
