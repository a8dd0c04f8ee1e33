import { useTranslations } from "next-intl";
import { UNKNOWN } from "@/components/format";
import { differenceText, metricText } from "@/components/metric-text";
import { differencesText } from "@/components/runs/protocol-differences";
import { useFormat } from "@/components/use-format";
import type { ComparedValue } from "@/lib/schemas/examination";
import { describeValue } from "@/lib/schemas/metrics/describe-metric";

/** Two runs' numbers under one encoder beside each other, each with its difference or why there is none. */
export function ComparedValues({
  other,
  label,
  values,
}: {
  /** The other run's model. */
  other: string;
  /** What a distance under the encoder is called; "" for what needs no encoder. */
  label: string;
  values: ComparedValue[];
}) {
  const t = useTranslations("runs");
  const tDifferences = useTranslations("site.differences");
  const differing = values.find(({ differences }) => differences.length > 0);
  if (values.length === 0) return null;
  return (
    <>
      {differing && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-4 rounded-md px-4 py-3 text-sm break-words">
          {t("compare.protocols", { differences: differencesText(tDifferences, differing.differences) })}
        </p>
      )}
      <div
        className="mt-4 overflow-x-auto"
        tabIndex={0}
        role="region"
        aria-label={t("compare.region", { label: label || "none" })}
      >
        <table className="w-full text-sm tabular-nums">
          <thead className="text-muted text-left text-xs">
            <tr className="border-line border-b">
              <th className="py-2 pr-4 font-normal">
                {label === "" ? t("metrics.metric") : t("compare.features", { label })}
              </th>
              <th className="py-2 pr-4 text-right font-normal">{t("compare.thisRun")}</th>
              <th className="py-2 pr-4 text-right font-normal" translate="no">
                {other}
              </th>
              <th className="py-2 pr-4 text-right font-normal">{t("compare.difference")}</th>
              <th className="py-2 pr-4 font-normal">{t("metrics.interval")}</th>
              <th className="py-2 text-right font-normal">{t("compare.n")}</th>
            </tr>
          </thead>
          <tbody>
            {values.map((value) => (
              <Row key={`${value.metric}.${value.key}`} value={value} label={label} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ value, label }: { value: ComparedValue; label: string }) {
  const t = useTranslations("runs");
  const format = useFormat();
  const { metric, key, first, second, difference, low, high, paired, n } = value;
  const described = describeValue(metric, key, label);
  const told = difference !== null && low !== null && high !== null;
  const apart = told && (low > 0 || high < 0);
  const apartBy = (by: number) => differenceText(described, by, first, format);
  return (
    <tr className="border-line border-b">
      <td className="py-2.5 pr-4">{described.label}</td>
      <td className="py-2.5 pr-4 text-right">{metricText(described, first, format)}</td>
      <td className="py-2.5 pr-4 text-right">{metricText(described, second, format)}</td>
      <td className={`py-2.5 pr-4 text-right ${apart ? "font-medium" : "text-muted"}`}>
        {told ? apartBy(difference) : UNKNOWN}
      </td>
      <td className="text-muted py-2.5 pr-4 whitespace-nowrap">
        {told && t(paired ? "compare.paired" : "range", { low: apartBy(low), high: apartBy(high) })}
      </td>
      <td className="text-muted py-2.5 text-right">{format.count(n)}</td>
    </tr>
  );
}
