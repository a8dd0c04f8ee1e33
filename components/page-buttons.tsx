import { useTranslations } from "next-intl";
import { useFormat } from "@/components/use-format";

/** Part of a list of prompts, as the API gives it. */
interface Page {
  total: number;
  offset: number;
  pageSize: number;
  prompts: readonly unknown[];
}

/** Which prompts of a list are shown, and the ways to those before and after. */
export function PageButtons({
  page: { total, offset, pageSize, prompts },
  go,
}: {
  page: Page;
  go: (offset: number) => void;
}) {
  const t = useTranslations("site.promptPages");
  const { count } = useFormat();
  return (
    <nav className="mt-6 flex items-center gap-4 text-sm" aria-label={t("label")}>
      <button
        type="button"
        className="button-quiet button-small"
        disabled={offset === 0}
        onClick={() => go(Math.max(0, offset - pageSize))}
      >
        {t("previous")}
      </button>
      <span className="text-muted">
        {t("shown", { from: count(offset + 1), to: count(offset + prompts.length), total })}
      </span>
      <button
        type="button"
        className="button-quiet button-small"
        disabled={offset + pageSize >= total}
        onClick={() => go(offset + pageSize)}
      >
        {t("next")}
      </button>
    </nav>
  );
}
