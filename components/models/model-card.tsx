import Link from "next/link";
import { count, duration, UNKNOWN } from "@/components/format";
import { cardFigures } from "@/components/models/card-figures";
import { chapterAddress, CHAPTERS, type Chapter } from "@/components/demos/chapters";
import type { BundledCard } from "@/lib/schemas/stack/bundled-card";

/** What stands on a bundled model's card: how it was trained, and what was measured of it then. */
export function ModelCard({ card, choices }: { card: BundledCard; choices: Chapter[] }) {
  const { training, figures, sampler, parameters, license, adapter } = card;
  const trained: [string, string][] = [
    ["Recipe", training.recipe ?? UNKNOWN],
    ["Seed", training.seed === undefined ? UNKNOWN : String(training.seed)],
    [
      "Steps",
      training.steps === undefined
        ? UNKNOWN
        : `${count(training.steps)}${training.batch === undefined ? "" : ` of ${training.batch}`}`,
    ],
    ["Time", training.minutes === undefined ? UNKNOWN : duration(training.minutes * 60_000)],
    ["Machine", training.machine ?? UNKNOWN],
    ["Data", training.data ?? UNKNOWN],
    ...(training.startsFrom ? [["Began from", training.startsFrom] as [string, string]] : []),
    ["Parameters", count(parameters)],
    ...(adapter ? [["Adapter of", `${adapter.base}, rank ${adapter.rank}`] as [string, string]] : []),
    ["Sampler", `${sampler.default}, ${sampler.steps} steps, guidance ${sampler.guidanceScale}`],
    ["Licence", license],
  ];
  return (
    <div>
      <div className="grid gap-x-14 gap-y-8 md:grid-cols-2">
        <Rows title="Training" rows={trained} />
        <div>
          <Rows title="Figures of its recipe" rows={cardFigures(figures)} />
          {figures.howMeasured && (
            <p className="text-muted mt-3 text-sm">
              Measured on {figures.howMeasured}.
              {figures.fdToyboxOfMany &&
                ` n ${count(figures.fdToyboxOfMany.n)}: ${figures.fdToyboxOfMany.howMeasured}.`}
            </p>
          )}
        </div>
      </div>
      {training.history && <p className="text-muted mt-6 max-w-[68ch] text-sm">{training.history}</p>}
      {choices.length > 0 && (
        <p className="mt-6 text-sm">
          <span className="text-muted">What its choices are: </span>
          {choices.map((choice, index) => (
            <span key={choice}>
              {index > 0 && ", "}
              <Link href={chapterAddress(choice)} className="link">
                {CHAPTERS[choice]}
              </Link>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

function Rows({ title, rows }: { title: string; rows: [string, string][] }) {
  return (
    <section>
      <h3 className="text-lg">{title}</h3>
      <dl className="border-line mt-3 border-t">
        {rows.map(([label, value]) => (
          <div key={label} className="border-line flex justify-between gap-6 border-b py-2">
            <dt className="text-muted shrink-0 text-sm">{label}</dt>
            <dd className="min-w-0 text-right text-sm break-words tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
