import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { offer } from "@/app/page-access";
import { pageFormat } from "@/app/page-format";
import { ProvisionalMark } from "@/components/leaderboard/provisional-mark";
import { OfferedLink } from "@/components/offered-link";
import { SampleImage } from "@/components/sample-image";
import { VisitorMark } from "@/components/visitor-mark";
import { listModels } from "@/lib/pages/list-models";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("models.list");
  return { title: t("title"), description: t("description") };
}

export default async function ModelsPage() {
  const [models, t, { rankSpread }] = await Promise.all([
    listModels(),
    getTranslations("models.list"),
    pageFormat(),
  ]);
  return (
    <div className="page pt-10 sm:pt-14">
      <header className="flex flex-wrap items-end justify-between gap-6">
        <div>
          <h1 className="text-4xl">{t("title")}</h1>
          <p className="text-muted mt-3 max-w-xl">{t("about")}</p>
        </div>
        <OfferedLink offer={await offer("models.submit")} href="/submit" className="button-quiet">
          {t("submit")}
        </OfferedLink>
      </header>
      {models.length === 0 ? (
        <p className="card text-muted mt-10 p-8 text-center">{t("none")}</p>
      ) : (
        <ul className="border-line divide-line mt-10 divide-y border-y">
          {models.map((model) => (
            <li key={model.id}>
              <Link
                href={`/models/${model.slug}`}
                className="hover:bg-paper grid grid-cols-[3.5rem_1fr] items-baseline gap-x-4 gap-y-1 px-1 py-5 sm:px-3 md:grid-cols-[4rem_minmax(0,16rem)_1fr_auto]"
              >
                <span className="text-muted font-serif text-xl whitespace-nowrap tabular-nums">
                  {t.rich("rank", {
                    rank: rankSpread(model.rankLow, model.rankHigh),
                    hidden: (chunks) => <span className="sr-only">{chunks}</span>,
                  })}
                </span>
                <span className="min-w-0">
                  <span className="block font-serif text-xl text-balance" translate="no">
                    {model.name}
                  </span>
                  <span className="text-muted block truncate text-sm">
                    <span translate="no">{model.creator}</span>{" "}
                    <VisitorMark submittedBy={model.submittedBy} inLink />{" "}
                    <ProvisionalMark provisional={model.provisional} inLink />
                  </span>
                </span>
                <span className="text-muted col-start-2 text-sm md:col-start-auto">
                  {stackOf(model) === "" ? t("unsaid") : <span translate="no">{stackOf(model)}</span>}
                </span>
                <span className="col-start-2 flex gap-1.5 self-center md:col-start-auto" translate="no">
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

const stackOf = (model: Awaited<ReturnType<typeof listModels>>[number]) =>
  [model.paradigm, model.architecture, model.representation, model.textConditioning]
    .filter(Boolean)
    .join(" · ");
