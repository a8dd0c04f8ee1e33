import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache, type ReactNode } from "react";
import { orNotFound } from "@/app/or-not-found";
import { currentAsker, offer } from "@/app/page-access";
import { siteName } from "@/app/site-look";
import { Messages } from "@/components/messages";
import { CapabilityFacts } from "@/components/models/capability-facts";
import { Gallery } from "@/components/models/gallery";
import { HeadToHead } from "@/components/models/head-to-head";
import { HiddenModel } from "@/components/models/hidden-model";
import { ModelCard } from "@/components/models/model-card";
import { ModelFacts } from "@/components/models/model-facts";
import { NewRun } from "@/components/models/new-run";
import { ModelHeader } from "@/components/models/model-header";
import { PublishedElsewhere } from "@/components/models/published-elsewhere";
import { TestEndpoint } from "@/components/models/test-endpoint";
import { SampleImage } from "@/components/sample-image";
import { RatingHistoryPlot } from "@/components/plots/rating-history";
import { RunList } from "@/components/runs/run-list";
import { Webhooks } from "@/components/webhooks/webhooks";
import { ModelBadge } from "@/components/share/model-badge";
import { CARD_SIZE } from "@/lib/schemas/card-marks";
import { listBoards } from "@/lib/boards/list-boards";
import { SalonError } from "@/lib/errors";
import { readModel } from "@/lib/pages/read-model";
import type { ListedBoard, ModelView } from "@/lib/schemas/views";
import { readModelCard } from "@/lib/demos/read-model-card";

export const dynamic = "force-dynamic";

/** Images above the facts: what a visitor came to see. */
const STRIP = 6;

type Props = PageProps<"/models/[slug]">;

/** Once a request, for the page and its metadata; null: the operator hid the model. */
const read = cache(async (slug: string) => {
  const by = await currentAsker();
  try {
    return await orNotFound(readModel({ slug, ...by }));
  } catch (error) {
    if (error instanceof SalonError && error.code === "hidden") return null;
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const model = await read((await params).slug);
  const t = await getTranslations("models.page");
  if (model === null) return { title: t("hiddenTitle"), robots: { index: false } };
  const description = model.description || t("description", { model: model.name, creator: model.creator });
  return {
    title: model.name,
    description,
    openGraph: {
      title: `${model.name} · ${await siteName()}`,
      description,
      ...(model.listed && { images: [{ url: `/media/models/${model.slug}/card.png`, ...CARD_SIZE }] }),
    },
  };
}

export default async function ModelPage({ params }: Props) {
  const model = await read((await params).slug);
  if (model === null) return <HiddenModel />;
  const t = await getTranslations("models.page");
  const bundled = await readModelCard(model.slug);
  const starting = await offer("runs.start");
  const boards = model.endpoint === null ? [] : await boardsFor(model);

  return (
    <Messages areas={["models", "moderation", "plots", "share"]}>
      <article className="page pt-10 sm:pt-14">
        <ModelHeader model={model} changing={await offer("models.change")} />

        {model.samples.length > 0 && (
          <ul className="mt-10 grid grid-cols-3 gap-2 sm:grid-cols-6 sm:gap-3" aria-label={t("someImages")}>
            {model.samples.slice(0, STRIP).map((sample) => (
              <li key={sample.sampleId} className="frame" title={sample.prompt} translate="no">
                <SampleImage src={sample.url} prompt={sample.prompt} eager />
              </li>
            ))}
          </ul>
        )}

        <ModelFacts model={model} />
        <PublishedElsewhere elsewhere={model.elsewhere} />

        {(model.capability || (model.own && model.endpoint)) && (
          <Section title={t("endpoint")}>
            {model.capability ? (
              <div className="max-w-xl">
                <CapabilityFacts capability={model.capability} />
              </div>
            ) : (
              <p className="text-muted">{t("notTested")}</p>
            )}
            {model.testProblem && <p className="text-alarm mt-3 max-w-xl text-sm">{model.testProblem}</p>}
            {model.own && <TestEndpoint slug={model.slug} priceUsd={model.pricePerImageUsd} />}
          </Section>
        )}
        <Section title={t("images")} note={t("prompts", { n: model.samples.length })}>
          {model.listed && <p className="text-muted -mt-2 mb-5 max-w-2xl text-sm">{t("leftOut")}</p>}
          <Gallery samples={model.samples} />
        </Section>
        {bundled && (
          <Section title={t("card")}>
            <ModelCard {...bundled} />
          </Section>
        )}
        <Section title={t("headToHead")}>
          <HeadToHead rows={model.headToHead} />
        </Section>
        <Section title={t("history")}>
          <RatingHistoryPlot
            height={260}
            points={model.history.map((point) => ({ ...point, model: model.slug, name: model.name }))}
          />
        </Section>
        <Section title={t("runs")}>
          {model.endpoint && model.canChange && starting.kind === "open" && (
            <Messages areas={["submit"]}>
              <NewRun model={model} boards={boards} />
            </Messages>
          )}
          {model.runs.length === 0 ? (
            <p className="text-muted">{t("noRun")}</p>
          ) : (
            <RunList runs={model.runs} showModel={false} />
          )}
        </Section>
        {model.listed && (
          <Section title={t("badge")}>
            <ModelBadge slug={model.slug} name={model.name} />
          </Section>
        )}
        {model.own && (
          <Section title={t("webhooks")}>
            <Messages areas={["webhooks"]}>
              <Webhooks subject={{ model: model.slug }} />
            </Messages>
          </Section>
        )}
      </article>
    </Messages>
  );
}

/** The boards that a model may have further runs for. */
async function boardsFor({ task }: ModelView): Promise<ListedBoard[]> {
  const boards = await listBoards({ by: await currentAsker() });
  return boards.filter((board) => board.maySubmit && board.task === task);
}

function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="mt-16">
      <h2 className="mb-5 flex items-baseline justify-between gap-4 text-2xl">
        {title}
        {note && <span className="text-muted font-sans text-sm">{note}</span>}
      </h2>
      {children}
    </section>
  );
}
