import { useTranslations } from "next-intl";
import { SampleImage } from "@/components/sample-image";
import { useFormat } from "@/components/use-format";
import type { StackView } from "@/lib/schemas/stack/stack-page";

/** Real images above what the autoencoder gives back of them: the loss that every latent model starts from. */
export function LatentPairs({ psnr, pairs }: NonNullable<StackView["reconstructions"]>) {
  const [t, { fixed }] = [useTranslations("demos.reconstructions"), useFormat()];
  const decibels = (value: number) => `${fixed(value, 1)} dB`;
  return (
    <figure className="my-6">
      <ul className="grid max-w-3xl grid-cols-3 gap-x-2 gap-y-4 sm:grid-cols-6 sm:gap-x-3">
        {pairs.map(({ original, reconstruction, psnr }) => (
          <li key={original} className="grid gap-1.5">
            <div className="frame [--frame-padding:3px]">
              <SampleImage src={original} prompt={t("original")} />
            </div>
            <div className="frame [--frame-padding:3px]">
              <SampleImage src={reconstruction} prompt={t("back")} />
            </div>
            <span className="text-muted text-center text-xs tabular-nums" translate="no">
              {decibels(psnr)}
            </span>
          </li>
        ))}
      </ul>
      <figcaption className="text-muted mt-3 text-sm">
        {t("caption", {
          psnr: fixed(psnr.value, 1),
          low: fixed(psnr.low, 1),
          high: fixed(psnr.high, 1),
          n: psnr.n,
        })}
      </figcaption>
    </figure>
  );
}
