import { useTranslations } from "next-intl";
import { SampleImage } from "@/components/sample-image";
import { useFormat } from "@/components/use-format";
import type { ExaminedImage } from "@/lib/schemas/examination";

/** The samples that a score puts first, each above its nearest reference images. */
export function LookedAt({
  which,
  images,
}: {
  which: "most" | "least" | "closest";
  images: ExaminedImage[];
}) {
  const t = useTranslations("runs.lookedAt");
  const { significant } = useFormat();
  const title = t("title", { which });
  if (images.length === 0) return null;
  return (
    <section className="mt-8" aria-label={title}>
      <h3 className="text-lg">{title}</h3>
      <p className="text-muted mt-1 max-w-3xl text-sm">{t("about", { which })}</p>
      <ul className="mt-4 grid grid-cols-2 gap-4 sm:grid-cols-4 lg:grid-cols-8">
        {images.map(({ sampleId, url, prompt, score, neighbours }) => (
          <li key={sampleId} className="min-w-0">
            <div className="frame [--frame-padding:4px]" title={prompt}>
              <SampleImage src={url} prompt={prompt} />
            </div>
            <p className="text-muted mt-1.5 text-xs tabular-nums">
              {score === null ? t("copied", { which }) : t("score", { which, score: significant(score) })}
            </p>
            {neighbours.length > 0 && (
              <ul className="mt-1.5 grid grid-cols-3 gap-1" aria-label={t("neighbours")}>
                {neighbours.map((near) => (
                  <li key={near.url}>
                    <SampleImage
                      src={near.url}
                      prompt={t("neighbour", { distance: significant(near.distance) })}
                    />
                    <span className="text-muted block text-xs tabular-nums" aria-hidden="true">
                      {significant(near.distance)}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
