import { useTranslations } from "next-intl";
import { caveatSentence } from "@/components/caveat-text";
import { Explain } from "@/components/explain";
import { metricText } from "@/components/metric-text";
import { intervalText } from "@/components/runs/page-text";
import { useFormat } from "@/components/use-format";
import type { EncoderExaminationView } from "@/lib/schemas/examination";
import { describeValue } from "@/lib/schemas/metrics/describe-metric";

/** Every further metric of a run under one encoder with its interval, n, reference and protocol. */
export function ExaminedMetrics({ examination }: { examination: EncoderExaminationView }) {
  const t = useTranslations("runs");
  const tCaveats = useTranslations("site.caveats");
  const format = useFormat();
  const { metrics, distanceLabel } = examination;
  return (
    <div className="mt-4 overflow-x-auto" tabIndex={0} role="region" aria-label={t("metrics.region")}>
      <table className="w-full text-sm tabular-nums">
        <thead className="text-muted text-left text-xs">
          <tr className="border-line border-b">
            <th className="py-2 pr-4 font-normal">{t("metrics.metric")}</th>
            <th className="py-2 pr-4 text-right font-normal">{t("metrics.value")}</th>
            <th className="py-2 pr-4 font-normal">{t("metrics.interval")}</th>
            <th className="hidden py-2 pr-4 font-normal sm:table-cell">{t("metrics.better")}</th>
            <th className="hidden py-2 pr-4 text-right font-normal sm:table-cell">
              {t("metrics.reference")}
            </th>
            <th className="hidden py-2 font-normal md:table-cell">{t("metrics.protocol")}</th>
          </tr>
        </thead>
        <tbody>
          {metrics.flatMap((metric) => {
            const { name, title, values, caveat, problem, better, n, nReference, protocol, protocolText } =
              metric;
            if (problem !== null) {
              return (
                <tr key={name} className="border-line border-b">
                  <td className="py-2.5 pr-4">{title}</td>
                  <td colSpan={5} className="text-muted py-2.5">
                    {t("metrics.problem", { problem })}
                  </td>
                </tr>
              );
            }
            return values.map(({ key, value, low, high }, row) => {
              const described = describeValue(name, key, distanceLabel);
              return (
                <tr key={`${name}.${key}`} className="border-line border-b align-top">
                  <td className="py-2.5 pr-4">
                    {described.label} <Explain about={described.label}>{described.meaning}</Explain>
                    {row === 0 && caveat && (
                      <span className="text-alarm block max-w-md text-xs">
                        {caveatSentence(tCaveats, caveat)}
                      </span>
                    )}
                  </td>
                  <td className="py-2.5 pr-4 text-right font-medium">
                    {metricText(described, value, format)}
                  </td>
                  <td className="text-muted py-2.5 pr-4 whitespace-nowrap">
                    {intervalText(t, format, described, { low, high })}
                  </td>
                  <td className="text-muted hidden py-2.5 pr-4 sm:table-cell">
                    {t("metrics.direction", { better: better === "nearer to 0.5" ? "half" : better })}
                  </td>
                  <td className="text-muted hidden py-2.5 pr-4 text-right whitespace-nowrap sm:table-cell">
                    {format.count(n)} / {format.count(nReference)}
                  </td>
                  <td className="text-muted hidden py-2.5 font-mono text-xs md:table-cell">
                    <Explain about={t("metrics.wholeProtocol")} mark={protocol.slice(0, 12)}>
                      {protocolText}
                    </Explain>
                  </td>
                </tr>
              );
            });
          })}
        </tbody>
      </table>
    </div>
  );
}
