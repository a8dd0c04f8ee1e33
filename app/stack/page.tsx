import "katex/dist/katex.min.css";
import type { Metadata } from "next";
import { Chapter } from "@/components/demos/chapter";
import { ChapterList } from "@/components/demos/chapter-list";
import { HowMeasured } from "@/components/demos/how-measured";
import { OldAnchors } from "@/components/demos/old-anchors";
import { OwnPrompt } from "@/components/demos/own-prompt";
import { GenerationProgress } from "@/components/demos/generation-progress";
import { Offered } from "@/components/offered";
import { PriceTable } from "@/components/demos/price-table";
import { PromptGrid } from "@/components/demos/prompt-grid";
import { Walk } from "@/components/demos/walk";
import { offer } from "@/app/page-access";
import { readStack } from "@/lib/demos/read-stack";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "The stack",
  description:
    "How modern image generators carry noise into images: one small trained model for every choice, drawn and measured here.",
};

export default async function StackPage() {
  const stack = await readStack();
  const walked = stack.models.flatMap(({ slug, name, walk }) => (walk ? [{ slug, name, walk }] : []));
  return (
    <div className="page pt-10 sm:pt-14">
      <OldAnchors />
      <header className="max-w-3xl">
        <h1 className="text-4xl sm:text-5xl">The stack</h1>
        <p className="text-muted mt-5 text-lg leading-relaxed">
          A modern image generator is a stack of choices about how to carry noise into images. Salon trains
          one small model for each choice, all on the same little world of toys, so that you can look at what
          a choice changes, and read what it cost and brought. Where the measurements cannot tell two models
          apart, this page says so.
        </p>
      </header>

      <GenerationProgress {...stack.progress} known={stack.models.length} />

      <section className="mt-10" aria-labelledby="walk">
        <h2 id="walk" className="sr-only">
          From noise to image
        </h2>
        {walked.length > 0 ? (
          <Walk models={walked} />
        ) : (
          <p className="card text-muted p-10 text-center font-serif italic">
            The steps from noise to image are being made. They will appear here.
          </p>
        )}
      </section>

      {stack.models.length > 0 && stack.prompts.length > 0 && (
        <section className="mt-20" aria-labelledby="grid">
          <h2 id="grid" className="text-3xl">
            One prompt, one seed, every model
          </h2>
          <p className="text-muted mt-3 max-w-[68ch]">
            Each model begins with the noise of the same seed, as far as they share a shape of noise. The dot
            tells whether the grader found all that the prompt asked for.
          </p>
          <div className="mt-6">
            <PromptGrid
              prompts={stack.prompts}
              models={stack.models.map(({ slug, name, images }) => ({ slug, name, images }))}
            />
          </div>
          <div className="mt-10">
            <Offered offer={await offer("prompts.ask")}>
              <OwnPrompt />
            </Offered>
          </div>
        </section>
      )}

      <section className="mt-20" aria-labelledby="choices">
        <h2 id="choices" className="text-3xl">
          The choices
        </h2>
        <div className="mt-6">
          <ChapterList />
        </div>
      </section>

      <div className="mt-16">
        <Chapter id="price" figure={<PriceTable models={stack.models} />}>
          <p>
            Compute seconds for a megapixel: the median over this installation’s own images, each with its
            share of the batch it was drawn in, scaled from the image’s size (64 × 64 is 0.004096 megapixels).
            It is the price of this machine under its load, and compares models with each other rather than
            with a data centre.
          </p>
        </Chapter>
        <HowMeasured />
      </div>
    </div>
  );
}
