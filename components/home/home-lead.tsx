import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { count } from "@/components/format";

/** What Salon is in two sentences, the way in, and how much there is. */
export function HomeLead({
  votes,
  models,
  images,
  showsToybox,
}: {
  votes: number;
  models: number;
  images: number;
  /** Whether a board of the bundled models is among those shown. */
  showsToybox: boolean;
}) {
  return (
    <div className="order-2 lg:order-1">
      <h1 className="text-[2.5rem] leading-[1.05] sm:text-5xl xl:text-6xl">
        Look at two images. Say which is better.
      </h1>
      <p className="text-muted mt-6 max-w-[34rem] text-lg leading-relaxed">
        Salon shows two models&apos; images side by side, with the names covered. Everyone&apos;s votes become
        a ranking that says how sure it is, next to measured distances, prices and facts.
      </p>
      <div className="mt-8 flex flex-wrap gap-3">
        <Link href="/arena" className="button-primary px-6 text-base">
          Vote now <ArrowRight className="size-4" aria-hidden="true" />
        </Link>
        <Link href="/leaderboard" className="button-quiet px-6 text-base">
          See the ranking
        </Link>
      </div>
      <dl className="border-line mt-10 flex max-w-md justify-between gap-6 border-t pt-5">
        {[
          [votes === 1 ? "vote" : "votes", votes],
          [models === 1 ? "model" : "models", models],
          [images === 1 ? "image" : "images", images],
        ].map(([label, value]) => (
          <div key={label} className="flex flex-col-reverse">
            <dt className="text-muted text-sm">{label}</dt>
            <dd className="font-serif text-2xl tabular-nums">{count(Number(value))}</dd>
          </div>
        ))}
      </dl>
      {showsToybox && (
        <p className="text-muted mt-5 max-w-md text-sm">
          The models on the Toybox boards are small ones that come with Salon, trained on Toybox, a made-up
          world of simple drawings.{" "}
          <Link href="/boards/new" className="link">
            Make a board for your own models
          </Link>
          .
        </p>
      )}
    </div>
  );
}
