import { useTranslations } from "next-intl";
import { useFormat } from "@/components/use-format";
import type { ModelView } from "@/lib/schemas/views";

/** What others published of a model: apart from what was measured here, and said to be. */
export function PublishedElsewhere({ elsewhere }: Pick<ModelView, "elsewhere">) {
  const t = useTranslations("models.elsewhere");
  const { count, day } = useFormat();
  if (elsewhere === null) return null;
  return (
    <section
      className="border-line mt-12 max-w-2xl rounded-md border border-dashed px-5 py-4"
      aria-label={t("title")}
    >
      <h2 className="text-xl">{t("title")}</h2>
      <p className="text-muted mt-1 text-sm">{t("text", { name: elsewhere.name })}</p>
      <ul className="mt-3 text-sm">
        {elsewhere.published.map(({ by, address, seen, what, value }) => (
          <li key={by + what} className="flex flex-wrap justify-between gap-x-6">
            <span>
              <span translate="no">{what}</span>{" "}
              {t.rich("seen", {
                by,
                day: day(seen),
                link: (chunks) => (
                  <a href={address} className="link" rel="noreferrer">
                    {chunks}
                  </a>
                ),
              })}
            </span>
            <span className="tabular-nums">{count(value)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
