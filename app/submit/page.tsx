import { currentAsker, requirePage } from "@/app/page-access";
import type { Metadata } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { single } from "@/app/search";
import type { Suggestions } from "@/components/submit/form-groups";
import { OpenNote } from "@/components/account/open-note";
import { Messages } from "@/components/messages";
import { SubmitForm } from "@/components/submit/submit-form";
import { submissionPolicy } from "@/lib/models/submission-policy";
import { listBoards } from "@/lib/boards/list-boards";
import { listStackFacts } from "@/lib/pages/list-stack-facts";
import { PRESETS } from "@/lib/schemas/catalogue/catalogue";
import { readSwitches } from "@/lib/settings/read-switches";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("submit.page");
  return { title: t("title"), description: t("description") };
}

/** The field's usual words; those that listed models use are added. */
const USUAL: Suggestions = {
  paradigm: [
    "flow matching",
    "rectified flow",
    "noise prediction (DDPM)",
    "score matching",
    "autoregressive",
    "masked generation",
    "GAN",
    "consistency model",
  ],
  architecture: [
    "diffusion transformer (DiT)",
    "multimodal DiT",
    "U-Net",
    "transformer decoder",
    "convolutional GAN",
  ],
  representation: ["autoencoder latents", "pixels", "discrete tokens", "large pixel patches"],
  textConditioning: [
    "cross-attention",
    "joint attention",
    "adaptive layer norm",
    "prefix tokens",
    "class embedding",
  ],
};

export default async function SubmitPage({ searchParams }: PageProps<"/submit">) {
  await requirePage("models.submit");
  const t = await getTranslations("submit.page");
  const policy = submissionPolicy();
  const wanted = single((await searchParams).board);
  const [listed, stacks, { personal }] = await Promise.all([
    listBoards({ by: await currentAsker(), named: wanted }),
    listStackFacts(),
    readSwitches(),
  ]);
  const boards = listed.filter(({ maySubmit }) => maySubmit);
  if (boards.length === 0) return <NoBoard />;
  const suggestions = Object.fromEntries(
    (Object.keys(USUAL) as (keyof Suggestions)[]).map((fact) => {
      const used = stacks.flatMap((stack) => stack[fact] ?? []);
      return [fact, [...new Set([...used, ...USUAL[fact]])]];
    }),
  ) as Suggestions;
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl sm:text-5xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t.rich("about", {
          api: (chunks) => (
            <Link href="/docs/api" className="link">
              {chunks}
            </Link>
          ),
          upload: (chunks) => (
            <Link href="/submit/samples" className="link">
              {chunks}
            </Link>
          ),
        })}
      </p>
      {personal && (
        <Messages areas={["account"]}>
          <OpenNote />
        </Messages>
      )}
      {wanted !== undefined && !boards.some(({ slug }) => slug === wanted) && (
        <p role="status" className="card mt-6 max-w-2xl px-4 py-3 text-sm">
          {t("boardClosed")}
        </p>
      )}
      <Messages areas={["models", "submit"]}>
        <SubmitForm
          boards={boards}
          chosen={wanted}
          suggestions={suggestions}
          reviewed={policy === "reviewed"}
          presets={PRESETS}
        />
      </Messages>
    </div>
  );
}

function NoBoard() {
  const t = useTranslations("submit.page");
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl sm:text-5xl">{t("noBoard")}</h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t.rich("noBoardAbout", {
          link: (chunks) => (
            <Link href="/boards/new" className="link">
              {chunks}
            </Link>
          ),
        })}
      </p>
    </div>
  );
}
