import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SampleImage } from "@/components/sample-image";
import { useFormat } from "@/components/use-format";
import type { AgreementView, ProxyView } from "@/lib/schemas/agreement";

/** The pairs on which a proxy contradicts people most, with both models' images of one prompt. */
export function MisledPairs({
  pairs,
  models,
  label,
}: {
  pairs: ProxyView["misled"];
  models: AgreementView["models"];
  label: string;
}) {
  const t = useTranslations("agreement.misled");
  const viewer = useTranslations("viewer");
  const { fixed } = useFormat();
  const name = (slug: string) => models.find((model) => model.slug === slug)?.name ?? slug;
  return (
    <ul className="grid gap-x-6 gap-y-8 sm:grid-cols-2 lg:grid-cols-3">
      {pairs.map(({ better, worse, z, prompt, images, voted }) => (
        <li key={`${better} ${worse}`} className="min-w-0">
          {images && prompt && (
            <figure>
              <div className="grid grid-cols-2 gap-2">
                <SampleImage src={images.better} prompt={viewer("by", { prompt, model: name(better) })} />
                <SampleImage src={images.worse} prompt={viewer("by", { prompt, model: name(worse) })} />
              </div>
              <figcaption className="text-muted mt-2 font-serif">
                {t("quoted", { prompt })}{" "}
                <span className="font-sans text-xs">{voted ? t("voted") : t("inNoBattle")}</span>
              </figcaption>
            </figure>
          )}
          <p className="mt-2 text-sm">
            {t.rich("preferences", {
              sure: z >= 1.96 ? "yes" : "no",
              better: name(better),
              metric: label,
              worse: name(worse),
              z: fixed(z, 1),
              first: linkTo(better),
              second: linkTo(worse),
              muted: (chunks) => <span className="text-muted">{chunks}</span>,
            })}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** A model's name in a message. */
const linkTo = (slug: string) =>
  function Linked(chunks: ReactNode) {
    return (
      <Link href={`/models/${slug}`} className="link" translate="no">
        {chunks}
      </Link>
    );
  };
