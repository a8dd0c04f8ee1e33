import type { Metadata } from "next";
import Link from "next/link";
import { offer } from "@/app/page-access";
import { rankSpread } from "@/components/format";
import { ProvisionalMark } from "@/components/leaderboard/provisional-mark";
import { OfferedLink } from "@/components/offered-link";
import { SampleImage } from "@/components/sample-image";
import { VisitorMark } from "@/components/visitor-mark";
import { listModels } from "@/lib/pages/list-models";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Models",
  description: "Every model on the board, and how it is built.",
};

export default async function ModelsPage() {
  const models = await listModels();
  return (
    <div className="page pt-10 sm:pt-14">
      <header className="flex flex-wrap items-end justify-between gap-6">
        <div>
          <h1 className="text-4xl">Models</h1>
          <p className="text-muted mt-3 max-w-xl">
            All models on the boards, and how each was built. The numbers are rank spreads: every rank that
            the votes on a model&apos;s board cannot exclude.
          </p>
        </div>
        <OfferedLink offer={await offer("models.submit")} href="/submit" className="button-quiet">
          Submit a model
        </OfferedLink>
      </header>
      {models.length === 0 ? (
        <p className="card text-muted mt-10 p-8 text-center">
          No model is listed yet. The bundled ones appear once their first run is scored.
        </p>
      ) : (
        <ul className="border-line divide-line mt-10 divide-y border-y">
          {models.map((model) => (
            <li key={model.id}>
              <Link
                href={`/models/${model.slug}`}
                className="hover:bg-paper grid grid-cols-[3.5rem_1fr] items-baseline gap-x-4 gap-y-1 px-1 py-5 sm:px-3 md:grid-cols-[4rem_minmax(0,16rem)_1fr_auto]"
              >
                <span className="text-muted font-serif text-xl whitespace-nowrap tabular-nums">
                  <span className="sr-only">Rank </span>
                  {rankSpread(model.rankLow, model.rankHigh)}
                </span>
                <span className="min-w-0">
                  <span className="block font-serif text-xl text-balance">{model.name}</span>
                  <span className="text-muted block truncate text-sm">
                    {model.creator} <VisitorMark submittedBy={model.submittedBy} inLink />{" "}
                    <ProvisionalMark provisional={model.provisional} inLink />
                  </span>
                </span>
                <span className="text-muted col-start-2 text-sm md:col-start-auto">
                  {[model.paradigm, model.architecture, model.representation, model.textConditioning]
                    .filter(Boolean)
                    .join(" · ") || "The submitter did not say how it is built."}
                </span>
                <span className="col-start-2 flex gap-1.5 self-center md:col-start-auto">
                  {model.images.map(({ url, prompt }) => (
                    <SampleImage
                      key={url}
                      src={url}
                      prompt={prompt}
                      className="w-16! rounded-sm max-[24rem]:w-11!"
                    />
                  ))}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
