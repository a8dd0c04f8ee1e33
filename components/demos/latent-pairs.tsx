import { SampleImage } from "@/components/sample-image";
import type { StackView } from "@/lib/schemas/stack/stack-page";

/** Real images above what the autoencoder gives back of them: the loss that every latent model starts from. */
export function LatentPairs({ psnr, pairs }: NonNullable<StackView["reconstructions"]>) {
  return (
    <figure className="my-6">
      <ul className="grid max-w-3xl grid-cols-3 gap-x-2 gap-y-4 sm:grid-cols-6 sm:gap-x-3">
        {pairs.map(({ original, reconstruction, psnr }) => (
          <li key={original} className="grid gap-1.5">
            <div className="frame [--frame-padding:3px]">
              <SampleImage src={original} prompt="A real image" />
            </div>
            <div className="frame [--frame-padding:3px]">
              <SampleImage src={reconstruction} prompt="The same image through the autoencoder" />
            </div>
            <span className="text-muted text-center text-xs tabular-nums">{psnr.toFixed(1)} dB</span>
          </li>
        ))}
      </ul>
      <figcaption className="text-muted mt-3 text-sm">
        Above real images, below what the autoencoder gives back: {psnr.value.toFixed(1)} dB PSNR on average
        (95% interval {psnr.low.toFixed(1)} to {psnr.high.toFixed(1)}, n = {psnr.n} reference images).
      </figcaption>
    </figure>
  );
}
