import { useTranslations } from "next-intl";
import { useFormat } from "@/components/use-format";

/** Categories with a bar of their own; the others are summed up. */
const SHOWN = 24;

/** How many prompts are of each category, as bars of one scale. */
export function CategoryBars({ categories }: { categories: { name: string; count: number }[] }) {
  const t = useTranslations("prompts");
  const format = useFormat();
  const most = Math.max(1, ...categories.map(({ count: n }) => n));
  const rest = categories.slice(SHOWN);
  return (
    <>
      <ul className="mt-3 grid gap-2 text-sm">
        {categories.slice(0, SHOWN).map(({ name, count: n }) => (
          <li key={name}>
            <span className="flex justify-between gap-4">
              <span className="min-w-0 break-words" translate="no">
                {name}
              </span>
              <span className="text-muted tabular-nums">{format.count(n)}</span>
            </span>
            <span className="bg-sunk mt-1 block h-1.5 overflow-hidden rounded-full" aria-hidden="true">
              <span
                className="bg-accent block h-full rounded-full"
                style={{ width: `${(100 * n) / most}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
      {rest.length > 0 && (
        <p className="text-muted mt-3 text-sm">
          {t("restOfCategories", {
            n: rest.reduce((sum, each) => sum + each.count, 0),
            categories: rest.length,
          })}
        </p>
      )}
    </>
  );
}
