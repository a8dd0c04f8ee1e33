import Link from "next/link";
import type { AdminPage, CardFact } from "@/components/admin/admin-pages";

/** A card for each page that who looks may open, with what is there and what needs attention. */
export function AdminIndex({
  pages,
  facts,
}: {
  pages: readonly AdminPage[];
  facts: Record<string, CardFact[]>;
}) {
  return (
    <ul className="mt-10 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {pages.map(({ href, title, text }) => (
        <li key={href} className="card hover:border-line-strong relative p-5">
          <h2 className="text-xl">
            <Link href={href} className="after:absolute after:inset-0 after:rounded-lg">
              {title}
            </Link>
          </h2>
          <p className="text-muted mt-1 text-sm">{text}</p>
          <ul className="mt-3 flex flex-wrap gap-2 text-xs" aria-label={title}>
            {(facts[href] ?? []).map((fact) => (
              <li
                key={fact.text}
                className={`rounded-full px-2.5 py-1 ${fact.needsAttention ? "bg-alarm-soft text-alarm" : "bg-sunk"}`}
              >
                {fact.text}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
