import { Picture } from "@/components/picture";
import type { StackView } from "@/lib/schemas/stack";

/** Real pictures above what the autoencoder gives back of them: the loss that every latent model starts from. */
export function LatentPairs({ psnr, pairs }: NonNullable<StackView["reconstructions"]>) {
  return (
    <figure className="my-6">
      <ul className="grid max-w-3xl grid-cols-3 gap-x-2 gap-y-4 sm:grid-cols-6 sm:gap-x-3">
        {pairs.map(({ original, reconstruction, psnr }) => (
          <li key={original} className="grid gap-1.5">
            <div className="frame [--mat:3px]">
              <Picture src={original} prompt="A real picture" />
            </div>
            <div className="frame [--mat:3px]">
              <Picture src={reconstruction} prompt="The same picture through the autoencoder" />
            </div>
            <span className="text-muted text-center text-xs tabular-nums">{psnr.toFixed(1)} dB</span>
          </li>
        ))}
      </ul>
      <figcaption className="text-muted mt-3 text-sm">
        Above real pictures, below what the autoencoder gives back: {psnr.value.toFixed(1)} dB PSNR on average
        (95% interval {psnr.low.toFixed(1)} to {psnr.high.toFixed(1)}, n = {psnr.n} reference pictures).
      </figcaption>
    </figure>
  );
}
