import Link from "next/link";
import { chapterAddress, CHAPTERS, PARTS, type Part } from "@/components/demos/chapters";

/** All chapters of /stack by the page they are on. @param current the page that is being read */
export function ChapterList({ current }: { current?: Part }) {
  return (
    <ul className="grid gap-x-10 gap-y-6 sm:grid-cols-2 lg:grid-cols-3">
      {(Object.entries(PARTS) as [Part, (typeof PARTS)[Part]][]).map(([part, { title, chapters }]) => (
        <li key={part}>
          <Link
            href={`/stack/${part}`}
            aria-current={part === current ? "page" : undefined}
            className="aria-[current]:text-accent hover:text-accent font-serif text-lg"
          >
            {title}
          </Link>
          <ul className="mt-1 grid gap-1 text-sm">
            {chapters.map((chapter) => (
              <li key={chapter}>
                <Link href={chapterAddress(chapter)} className="text-muted hover:text-ink">
                  {CHAPTERS[chapter]}
                </Link>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
