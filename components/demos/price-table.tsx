import Link from "next/link";
import { count, percent } from "@/components/format";
import type { StackModel } from "@/lib/schemas/stack/stack-page";

const seconds = (value: number) => `${value < 10 ? value.toPrecision(2) : Math.round(value)} s`;

/** What a megapixel costs in compute on this machine, the cheapest first, beside what it buys. */
export function PriceTable({ models }: { models: StackModel[] }) {
  const priced = models
    .flatMap((model) => (model.secondsPerMegapixel ? [{ ...model, price: model.secondsPerMegapixel }] : []))
    .sort((a, b) => a.price.value - b.price.value);
  if (priced.length === 0) {
    return (
      <p className="card text-muted my-5 p-4 text-sm">
        Prices appear when the models’ first runs have drawn.
      </p>
    );
  }
  const most = priced[priced.length - 1].price.value;
  return (
    <ul className="my-5">
      {priced.map(({ slug, name, price, card, metrics }) => {
        const alignment = metrics["grader-alignment"];
        return (
          <li
            key={slug}
            className="border-line grid grid-cols-[1fr_auto] items-baseline gap-x-4 gap-y-1.5 border-b py-3 sm:grid-cols-[14rem_1fr_7rem_7rem]"
          >
            <Link href={`/models/${slug}`} className="link justify-self-start text-sm">
              {name}
            </Link>
            <span className="bg-sunk order-last col-span-2 h-2 self-center rounded-full sm:order-none sm:col-span-1">
              <span
                className="bg-accent block h-full rounded-full"
                style={{ width: `${Math.max(1, (price.value / most) * 100)}%` }}
              />
            </span>
            <span className="text-right text-sm tabular-nums">
              {seconds(price.value)}
              <span className="text-muted block text-xs">
                n {count(price.n)}, {card.sampler.steps} steps
              </span>
            </span>
            <span className="text-muted hidden text-right text-sm tabular-nums sm:block">
              {alignment ? `${percent(alignment.value, 1)} right` : "not scored yet"}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
