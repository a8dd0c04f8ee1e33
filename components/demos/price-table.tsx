import { useTranslations } from "next-intl";
import Link from "next/link";
import { useFormat } from "@/components/use-format";
import type { StackModel } from "@/lib/schemas/stack/stack-page";

/** What a megapixel costs in compute on this machine, the cheapest first, beside what it buys. */
export function PriceTable({ models }: { models: StackModel[] }) {
  const [t, format] = [useTranslations("demos.prices"), useFormat()];
  const seconds = (value: number) => `${format.fixed(value, value < 1 ? 2 : value < 10 ? 1 : 0)} s`;
  const priced = models
    .flatMap((model) => (model.secondsPerMegapixel ? [{ ...model, price: model.secondsPerMegapixel }] : []))
    .sort((a, b) => a.price.value - b.price.value);
  if (priced.length === 0) {
    return <p className="card text-muted my-5 p-4 text-sm">{t("none")}</p>;
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
            <Link href={`/models/${slug}`} className="link justify-self-start text-sm" translate="no">
              {name}
            </Link>
            <span className="bg-sunk order-last col-span-2 h-2 self-center rounded-full sm:order-none sm:col-span-1">
              <span
                className="bg-accent block h-full rounded-full"
                style={{ width: `${Math.max(1, (price.value / most) * 100)}%` }}
              />
            </span>
            <span className="text-right text-sm tabular-nums">
              <span translate="no">{seconds(price.value)}</span>
              <span className="text-muted block text-xs">
                {t("counted", { n: price.n, steps: card.sampler.steps })}
              </span>
            </span>
            <span className="text-muted hidden text-right text-sm tabular-nums sm:block">
              {alignment ? t("right", { share: format.percent(alignment.value, 1) }) : t("notScored")}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
