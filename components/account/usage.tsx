import { moment } from "@/components/format";
import { QUOTAS } from "@/lib/access/quotas";
import type { QuotaUsage } from "@/lib/schemas/administration/quotas";

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** What somebody has used of their quotas; nothing where none bounds them. */
export function Usage({ usage }: { usage: QuotaUsage[] }) {
  if (usage.length === 0) return null;
  return (
    <section aria-labelledby="usage">
      <h2 id="usage" className="text-2xl">
        What you have used
      </h2>
      <ul className="mt-4 grid gap-4 text-sm">
        {usage.map(({ quota, limit, used, until }) => {
          const { noun, window } = QUOTAS[quota];
          return (
            <li key={quota}>
              <p className="flex flex-wrap justify-between gap-x-6">
                <span>
                  {noun.charAt(0).toUpperCase() + noun.slice(1)} {window === "day" ? "today" : "this hour"}
                </span>
                <span className="tabular-nums">
                  {number.format(used)} of {number.format(limit)}
                  <span className="text-muted block text-xs">until {moment(until)}</span>
                </span>
              </p>
              <progress
                className="mt-1 h-1.5 w-full"
                value={Math.min(used, limit)}
                max={Math.max(limit, 1e-9)}
                aria-label={`${noun}: ${number.format(used)} of ${number.format(limit)}`}
              />
            </li>
          );
        })}
      </ul>
      <p className="text-muted mt-3 text-sm">Days are in UTC. Ask an admin of this site for more.</p>
    </section>
  );
}
