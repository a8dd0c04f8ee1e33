import { count, day } from "@/components/format";
import type { ModelView } from "@/lib/schemas/views";

/** What others published of a model: apart from what was measured here, and said to be. */
export function PublishedElsewhere({ elsewhere }: Pick<ModelView, "elsewhere">) {
  if (elsewhere === null) return null;
  return (
    <section
      className="border-line mt-12 max-w-2xl rounded-md border border-dashed px-5 py-4"
      aria-label="Published elsewhere"
    >
      <h2 className="text-xl">Published elsewhere</h2>
      <p className="text-muted mt-1 text-sm">
        Not measured here, and part of no rating here: what others say of {elsewhere.name}.
      </p>
      <ul className="mt-3 text-sm">
        {elsewhere.published.map(({ by, address, seen, what, value }) => (
          <li key={by + what} className="flex flex-wrap justify-between gap-x-6">
            <span>
              {what}{" "}
              <a href={address} className="link" rel="noreferrer">
                {by}
              </a>
              , seen {day(seen)}
            </span>
            <span className="tabular-nums">{count(value)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
