import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { currentAsker, requirePage } from "@/app/page-access";
import { Messages } from "@/components/messages";
import { SamplesForm } from "@/components/submit/samples-form";
import { SubmissionsClosed } from "@/components/submit/submissions-closed";
import { listBoards } from "@/lib/boards/list-boards";
import { submissionPolicy } from "@/lib/models/submission-policy";
import { listUploadChoices } from "@/lib/samples/list-upload-choices";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("submit.samplesPage");
  return { title: t("title"), description: t("description") };
}

export default async function UploadSamplesPage({ searchParams }: PageProps<"/submit/samples">) {
  await requirePage("samples.upload");
  const t = await getTranslations("submit.samplesPage");
  const policy = submissionPolicy();
  const { run, board } = await searchParams;
  const by = await currentAsker();
  const [choices, boards] = await Promise.all([
    listUploadChoices(by),
    listBoards({ by, named: typeof board === "string" ? board : undefined }),
  ]);
  if (choices.mostBytes === 0) return <SubmissionsClosed />;
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl sm:text-5xl">{t("heading")}</h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t.rich("about", {
          link: (chunks) => (
            <Link href="/submit" className="link">
              {chunks}
            </Link>
          ),
        })}
      </p>
      <Messages areas={["runs", "submit"]}>
        <SamplesForm
          choices={choices}
          boards={boards.filter(({ maySubmit }) => maySubmit)}
          board={typeof board === "string" ? board : null}
          runId={typeof run === "string" ? run : null}
          reviewed={policy === "reviewed"}
        />
      </Messages>
    </div>
  );
}
