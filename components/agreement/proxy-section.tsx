import { useTranslations } from "next-intl";
import { MisledPairs } from "@/components/agreement/misled-pairs";
import { agreementSentence } from "@/components/agreement/agreement-sentence";
import { ProxyPlot } from "@/components/agreement/proxy-plot";
import { useFormat } from "@/components/use-format";
import type { AgreementView, ProxyView } from "@/lib/schemas/agreement";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

/** One proxy: how it orders the models beside people, and where it misleads. */
export function ProxySection({ proxy, models }: { proxy: ProxyView; models: AgreementView["models"] }) {
  const t = useTranslations("agreement");
  const format = useFormat();
  const { label, meaning, better } = describeMetric(proxy.id);
  const left = (reason: ProxyView["missing"][number]["reason"]) =>
    proxy.missing
      .filter((each) => each.reason === reason)
      .map(({ model }) => models.find(({ slug }) => slug === model)?.name ?? model);
  const [unknown, other] = [left("no value"), left("another protocol")];
  return (
    <section aria-labelledby={`proxy-${proxy.id}`} className="border-line border-t pt-8">
      <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
        <div>
          <h2 id={`proxy-${proxy.id}`} className="text-2xl" translate="no">
            {label}
          </h2>
          {meaning && <p className="text-muted mt-2 text-sm">{meaning}</p>}
          <p className="mt-4 font-serif text-lg leading-snug">
            {agreementSentence(t, format, { label, better }, proxy.tau, proxy.points.length)}
          </p>
          {unknown.length > 0 && (
            <p className="text-muted mt-3 text-sm">{t("unknown", { models: unknown.join(", ") })}</p>
          )}
          {other.length > 0 && (
            <p className="text-muted mt-3 text-sm">{t("otherProtocol", { models: other.join(", ") })}</p>
          )}
        </div>
        <ProxyPlot proxy={proxy} models={models} />
      </div>
      {proxy.misled.length > 0 && (
        <div className="mt-8">
          <h3 className="mb-4 text-lg">{t("misleads")}</h3>
          <MisledPairs pairs={proxy.misled} models={models} label={label} />
        </div>
      )}
    </section>
  );
}
