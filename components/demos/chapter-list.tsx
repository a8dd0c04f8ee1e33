import { useTranslations } from "next-intl";
import Link from "next/link";
import { chapterAddress, PARTS, type Chapter, type Part } from "@/components/demos/chapters";

/** All chapters of /stack by the page they are on. @param current the page that is being read */
export function ChapterList({ current }: { current?: Part }) {
  const t = useTranslations("stack");
  return (
    <ul className="grid gap-x-10 gap-y-6 sm:grid-cols-2 lg:grid-cols-3">
      {(Object.entries(PARTS) as [Part, readonly Chapter[]][]).map(([part, chapters]) => (
        <li key={part}>
          <Link
            href={`/stack/${part}`}
            aria-current={part === current ? "page" : undefined}
            className="aria-[current]:text-accent hover:text-accent font-serif text-lg"
          >
            {t(`parts.${part}`)}
          </Link>
          <ul className="mt-1 grid gap-1 text-sm">
            {chapters.map((chapter) => (
              <li key={chapter}>
                <Link href={chapterAddress(chapter)} className="text-muted hover:text-ink">
                  {t(`chapters.${chapter}`)}
                </Link>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
