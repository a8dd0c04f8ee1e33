import Link from "next/link";
import { useTranslations } from "next-intl";
import { ExaminedMetrics } from "@/components/runs/examined-metrics";
import { LookedAt } from "@/components/runs/looked-at";
import { SampleSizeCurve } from "@/components/runs/sample-size-curve";
import { useFormat } from "@/components/use-format";
import type { EncoderExaminationView } from "@/lib/schemas/examination";

/** A run's samples in one encoder's features: metrics, sample-size curve, neighbours. */
export function EncoderFindings({ examination }: { examination: EncoderExaminationView }) {
  const t = useTranslations("runs");
  const { count } = useFormat();
  const { reference, curve, distanceLabel, isBundled, encoder, most, least, closest } = examination;
  return (
    <>
      <section className="mt-12" aria-labelledby="further">
        <h2 id="further" className="text-2xl">
          {t("encoder.title", { known: reference === null ? "no" : "yes", n: count(reference?.n) })}
        </h2>
        <p className="text-muted mt-2 max-w-3xl text-sm">
          {isBundled
            ? t("encoder.bundled")
            : t("encoder.about", {
                encoder: encoder.split("@")[0],
                known: reference === null ? "no" : "yes",
                reference: reference?.name ?? "",
              })}{" "}
          <Link className="link" href="/references">
            {t("references")}
          </Link>
        </p>
        <ExaminedMetrics examination={examination} />
      </section>
      {curve && (
        <section className="mt-12" aria-labelledby="size">
          <h2 id="size" className="text-2xl">
            {t("curve.title", { label: distanceLabel })}
          </h2>
          <SampleSizeCurve curve={curve} label={distanceLabel} />
        </section>
      )}
      {most.length > 0 && (
        <section className="mt-12" aria-labelledby="neighbours">
          <h2 id="neighbours" className="text-2xl">
            {t("encoder.neighbours")}
          </h2>
          <p className="text-muted mt-2 max-w-3xl text-sm">{t("encoder.neighboursAbout")}</p>
          <LookedAt which="most" images={most} />
          <LookedAt which="least" images={least} />
          <LookedAt which="closest" images={closest} />
        </section>
      )}
    </>
  );
}
