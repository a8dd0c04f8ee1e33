import "katex/dist/katex.min.css";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Chapter } from "@/components/demos/chapter";
import { ChapterList } from "@/components/demos/chapter-list";
import { HowMeasured } from "@/components/demos/how-measured";
import { OldAnchors } from "@/components/demos/old-anchors";
import { OwnPrompt } from "@/components/demos/own-prompt";
import { GenerationProgress } from "@/components/demos/generation-progress";
import { Messages } from "@/components/messages";
import { Offered } from "@/components/offered";
import { PriceTable } from "@/components/demos/price-table";
import { PromptGrid } from "@/components/demos/prompt-grid";
import { Walk } from "@/components/demos/walk";
import { offer } from "@/app/page-access";
import { readStack } from "@/lib/demos/read-stack";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("stack.page");
  return { title: t("title"), description: t("description") };
}

export default async function StackPage() {
  const [stack, t] = [await readStack(), await getTranslations("stack.page")];
  const walked = stack.models.flatMap(({ slug, name, walk }) => (walk ? [{ slug, name, walk }] : []));
  return (
    <Messages areas={["demos"]}>
      <div className="page pt-10 sm:pt-14">
        <OldAnchors />
        <header className="max-w-3xl">
          <h1 className="text-4xl sm:text-5xl">{t("title")}</h1>
          <p className="text-muted mt-5 text-lg leading-relaxed">{t("lead")}</p>
        </header>

        <GenerationProgress {...stack.progress} known={stack.models.length} />

        <section className="mt-10" aria-labelledby="walk">
          <h2 id="walk" className="sr-only">
            {t("walk")}
          </h2>
          {walked.length > 0 ? (
            <Walk models={walked} />
          ) : (
            <p className="card text-muted p-10 text-center font-serif italic">{t("noWalk")}</p>
          )}
        </section>

        {stack.models.length > 0 && stack.prompts.length > 0 && (
          <section className="mt-20" aria-labelledby="grid">
            <h2 id="grid" className="text-3xl">
              {t("grid")}
            </h2>
            <p className="text-muted mt-3 max-w-[68ch]">{t("gridText")}</p>
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
            {t("choices")}
          </h2>
          <div className="mt-6">
            <ChapterList />
          </div>
        </section>

        <div className="mt-16">
          <Chapter id="price" figure={<PriceTable models={stack.models} />}>
            <p>{t("price")}</p>
          </Chapter>
          <HowMeasured />
        </div>
      </div>
    </Messages>
  );
}
