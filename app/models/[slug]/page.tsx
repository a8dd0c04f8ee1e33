import type { Metadata } from "next";
import { cache, type ReactNode } from "react";
import { orNotFound } from "@/app/or-not-found";
import { currentAsker, offer } from "@/app/page-access";
import { siteName } from "@/app/site-look";
import { counted } from "@/components/format";
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
  if (model === null) return { title: "Hidden model", robots: { index: false } };
  const description =
    model.description || `${model.name} by ${model.creator}: images, rating, head-to-head and measurements.`;
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
  const bundled = await readModelCard(model.slug);
  const starting = await offer("runs.start");
  const boards = model.endpoint === null ? [] : await boardsFor(model);

  return (
    <article className="page pt-10 sm:pt-14">
      <ModelHeader model={model} changing={await offer("models.change")} />

      {model.samples.length > 0 && (
        <ul className="mt-10 grid grid-cols-3 gap-2 sm:grid-cols-6 sm:gap-3" aria-label="Some of its images">
          {model.samples.slice(0, STRIP).map((sample) => (
            <li key={sample.sampleId} className="frame" title={sample.prompt}>
              <SampleImage src={sample.url} prompt={sample.prompt} eager />
            </li>
          ))}
        </ul>
      )}

      <ModelFacts model={model} />
      <PublishedElsewhere elsewhere={model.elsewhere} />

      {(model.capability || (model.own && model.endpoint)) && (
        <Section title="Endpoint, as tested">
          {model.capability ? (
            <div className="max-w-xl">
              <CapabilityFacts capability={model.capability} />
            </div>
          ) : (
            <p className="text-muted">This version of it was not tested.</p>
          )}
          {model.testProblem && <p className="text-alarm mt-3 max-w-xl text-sm">{model.testProblem}</p>}
          {model.own && <TestEndpoint slug={model.slug} priceUsd={model.pricePerImageUsd} />}
        </Section>
      )}
      <Section title="Images" note={counted(model.samples.length, "prompt")}>
        {model.listed && (
          <p className="text-muted -mt-2 mb-5 max-w-2xl text-sm">
            Images of prompts that are in the arena are left out, so that no side of a battle can be looked up
            before the vote.
          </p>
        )}
        <Messages areas={["moderation"]}>
          <Gallery samples={model.samples} />
        </Messages>
      </Section>
      {bundled && (
        <Section title="Model card">
          <ModelCard {...bundled} />
        </Section>
      )}
      <Section title="Head to head">
        <HeadToHead rows={model.headToHead} />
      </Section>
      <Section title="Rating history">
        <RatingHistoryPlot
          height={260}
          points={model.history.map((point) => ({ ...point, model: model.slug, name: model.name }))}
        />
      </Section>
      <Section title="Runs">
        {model.endpoint && model.canChange && starting.kind === "open" && (
          <Messages areas={["submit"]}>
            <NewRun model={model} boards={boards} />
          </Messages>
        )}
        {model.runs.length === 0 ? (
          <p className="text-muted">No run yet.</p>
        ) : (
          <RunList runs={model.runs} showModel={false} />
        )}
      </Section>
      {model.listed && (
        <Section title="Badge">
          <ModelBadge slug={model.slug} name={model.name} />
        </Section>
      )}
      {model.own && (
        <Section title="Webhooks">
          <Webhooks subject={{ model: model.slug }} />
        </Section>
      )}
    </article>
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
