import { useTranslations } from "next-intl";
import type { RunView } from "@/lib/schemas/runs";

type Failures = RunView["failures"];
interface Props {
  /** With what the endpoint said; empty for those who may not read it. */
  failures: Failures;
  codes: RunView["failureCodes"];
  total: number;
}

/** Samples that could not be had, grouped by reason. They are missing, not zero. */
export function FailureList({ failures, codes, total }: Props) {
  const t = useTranslations("runs.failures");
  if (total === 0) return null;
  const withheld = failures.length === 0;
  return (
    <section className="mt-12" aria-labelledby="failures">
      <h2 id="failures" className="text-2xl">
        {t("title", { n: total })}
      </h2>
      <p className="text-muted mt-2 text-sm">
        {t("about", {
          listed: withheld ? "none" : failures.length < total ? "some" : "all",
          n: failures.length,
        })}
      </p>
      {withheld ? (
        <ul className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
          {codes.map(({ code, count }) => (
            <li key={code}>
              <Code code={code} />
              <span className="text-muted text-sm">{t("times", { n: count })}</span>
            </li>
          ))}
        </ul>
      ) : (
        <Groups failures={failures} />
      )}
    </section>
  );
}

function Groups({ failures }: { failures: Failures }) {
  const t = useTranslations("runs.failures");
  const groups = new Map<string, { code: string; message: string; items: Failures }>();
  for (const failure of failures) {
    const key = `${failure.code} ${failure.message}`;
    const group = groups.get(key) ?? { code: failure.code, message: failure.message, items: [] };
    group.items.push(failure);
    groups.set(key, group);
  }
  const ordered = [...groups.values()].sort((a, b) => b.items.length - a.items.length);
  return (
    <ul className="mt-4 grid gap-3">
      {ordered.map(({ code, message, items }) => (
        <li key={`${code} ${message}`} className="card">
          <details className="p-4">
            <summary>
              <Code code={code} />
              <span className="break-words" translate="no">
                {message}
              </span>
              <span className="text-muted ml-2 text-sm whitespace-nowrap">
                {t("times", { n: items.length })}
              </span>
            </summary>
            <ul className="text-muted mt-3 grid gap-1 pl-4 text-sm">
              {items.slice(0, 20).map(({ prompt, attempts }) => (
                <li key={prompt}>{t("attempts", { prompt, n: attempts })}</li>
              ))}
              {items.length > 20 && <li>{t("more", { n: items.length - 20 })}</li>}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  );
}

function Code({ code }: { code: string }) {
  return <span className="bg-alarm-soft text-alarm mr-3 rounded px-2 py-0.5 font-mono text-xs">{code}</span>;
}
