import Link from "next/link";
import { count } from "@/components/format";
import { ExaminedMetrics } from "@/components/runs/examined-metrics";
import { LookedAt } from "@/components/runs/looked-at";
import { SampleSizeCurve } from "@/components/runs/sample-size-curve";
import type { EncoderExaminationView } from "@/lib/schemas/examination";

/** A run's samples in one encoder's features: metrics, sample-size curve, neighbours. */
export function EncoderFindings({ examination }: { examination: EncoderExaminationView }) {
  const { reference, curve, distanceLabel, isBundled, encoder, most, least, closest } = examination;
  return (
    <>
      <section className="mt-12" aria-labelledby="further">
        <h2 id="further" className="text-2xl">
          Beside {reference === null ? "reference" : count(reference.n)} real images
        </h2>
        <p className="text-muted mt-2 max-w-3xl text-sm">
          {isBundled
            ? "All in the features of Salon\u2019s own small encoder: good for comparing models here, and not to be held against FID, KID or any published number."
            : `All in the features of ${encoder.split("@")[0]}, beside the images of ${reference?.name ?? "a set removed since"}. Published numbers can be held against these only if encoder, resize, reference and n are theirs.`}{" "}
          <Link className="link" href="/references">
            References
          </Link>
        </p>
        <ExaminedMetrics examination={examination} />
      </section>
      {curve && (
        <section className="mt-12" aria-labelledby="size">
          <h2 id="size" className="text-2xl">
            {distanceLabel} and the number of samples
          </h2>
          <SampleSizeCurve curve={curve} label={distanceLabel} />
        </section>
      )}
      {most.length > 0 && (
        <section className="mt-12" aria-labelledby="neighbours">
          <h2 id="neighbours" className="text-2xl">
            Samples and their nearest real images
          </h2>
          <p className="text-muted mt-2 max-w-3xl text-sm">
            Below each sample, the three reference images nearest to it in the encoder&apos;s features.
          </p>
          <LookedAt
            title="Most realistic"
            meaning="Well inside the neighbourhoods of real images (realism above 1)."
            images={most}
            scoreLabel="realism"
            copied="same features"
          />
          <LookedAt
            title="Least realistic"
            meaning="Far from every real image: what to look at first."
            images={least}
            scoreLabel="realism"
            copied="same features"
          />
          <LookedAt
            title="Nearest to a real image"
            meaning="Distance over that of the real image to its own nearest neighbour. Far below 1, the sample may be a copy."
            images={closest}
            scoreLabel="ratio"
            copied="ratio unbounded"
          />
        </section>
      )}
    </>
  );
}
