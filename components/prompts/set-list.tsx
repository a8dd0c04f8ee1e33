import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Format } from "@/components/format";
import { useFormat } from "@/components/use-format";
import { VisitorMark } from "@/components/visitor-mark";
import type { PromptSetSummary } from "@/lib/schemas/prompt-sets";

/** Categories named in a list's row. */
const NAMED = 4;

/** Prompt sets, each with how many prompts it has and of what. */
export function SetList({ sets }: { sets: PromptSetSummary[] }) {
  const t = useTranslations("prompts");
  const format = useFormat();
  return (
    <ul className="border-line divide-line divide-y border-y">
      {sets.map((set) => (
        <li key={set.slug}>
          <Link
            href={`/prompts/${set.slug}`}
            className="hover:bg-paper grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-6 gap-y-1 px-1 py-5 sm:px-3 md:grid-cols-[minmax(0,18rem)_minmax(0,1fr)_auto]"
          >
            <span className="min-w-0">
              <span className="block truncate font-serif text-xl" translate="no">
                {set.name}
              </span>
              <span className="text-muted flex flex-wrap items-center gap-2 text-sm">
                <span translate="no">{format.day(set.createdAt)}</span>
                {set.version > 1 && <span>{t("sets.version", { n: set.version })}</span>}
                {set.own ? (
                  <span className="bg-sunk rounded-full px-2.5 py-0.5 text-xs">{t("yours")}</span>
                ) : (
                  <VisitorMark submittedBy={set.submittedBy} inLink />
                )}
                {set.archived && (
                  <span className="bg-sunk rounded-full px-2.5 py-0.5 text-xs">{t("archived")}</span>
                )}
                {!set.listed && (
                  <span className="bg-sunk rounded-full px-2.5 py-0.5 text-xs">{t("private")}</span>
                )}
              </span>
            </span>
            <span className="text-muted col-span-2 text-sm break-words md:col-span-1">
              {categories(t, format, set)}
            </span>
            <span className="row-start-1 text-right text-sm tabular-nums md:row-start-auto">
              {t("prompts", { n: set.prompts })}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function categories(
  t: ReturnType<typeof useTranslations<"prompts">>,
  format: Format,
  { categories }: PromptSetSummary,
): string {
  const named = categories.slice(0, NAMED).map(({ name, count }) => `${name} (${format.count(count)})`);
  const names = named.join(", ");
  const more = categories.length - named.length;
  return more > 0 ? t("namedCategories", { names, n: more }) : names;
}
