import { Settings } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedBoard } from "@/lib/schemas/views";

/** Boards named side by side; the rest are on the page of all boards. */
const MOST = 8;

/** The way from one board to another, and for who runs it to its settings. */
export function BoardNav({
  boards,
  current,
  hrefOf,
  className = "mb-6",
}: {
  boards: ListedBoard[];
  /** Slug. */
  current: string | undefined;
  hrefOf: (slug: string) => string;
  className?: string;
}) {
  const t = useTranslations("boards.nav");
  const chosen = boards.find(({ slug }) => slug === current);
  const first = boards.slice(0, MOST);
  const shown = chosen && !first.includes(chosen) ? [...first.slice(0, -1), chosen] : first;
  if (boards.length < 2 && !chosen?.mayEdit) return null;
  return (
    <nav aria-label={t("label")} className={`flex flex-wrap items-center gap-2 ${className}`}>
      {shown.map(({ slug, name }) => (
        <Link
          key={slug}
          href={hrefOf(slug)}
          aria-current={slug === current ? "page" : undefined}
          className="text-muted aria-[current]:bg-sunk aria-[current]:text-ink max-w-full truncate rounded-full px-3 py-1 text-sm"
          translate="no"
        >
          {name}
        </Link>
      ))}
      {boards.length > shown.length && (
        <Link href="/boards" className="link px-3 py-1 text-sm">
          {t("all", { n: boards.length })}
        </Link>
      )}
      {chosen?.mayEdit && (
        <Link
          href={`/boards/${chosen.slug}/settings`}
          className="text-muted hover:text-ink flex items-center gap-1.5 px-3 py-1 text-sm"
        >
          <Settings className="size-4" aria-hidden="true" /> {t("settings")}
        </Link>
      )}
    </nav>
  );
}
