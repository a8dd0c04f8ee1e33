import type { Metadata } from "next";
import Link from "next/link";
import { currentAsker, requirePage } from "@/app/page-access";
import { SamplesForm } from "@/components/submit/samples-form";
import { SubmissionsClosed } from "@/components/submit/submissions-closed";
import { listBoards } from "@/lib/boards/list-boards";
import { submissionPolicy } from "@/lib/models/submission-policy";
import { listUploadChoices } from "@/lib/samples/list-upload-choices";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Upload samples",
  description:
    "Bring images or videos that a model has made already; Salon matches them to prompts and scores them.",
};

export default async function UploadSamplesPage({ searchParams }: PageProps<"/submit/samples">) {
  await requirePage("samples.upload");
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
      <h1 className="text-4xl sm:text-5xl">Images or videos you have</h1>
      <p className="text-muted mt-3 max-w-2xl">
        A model&apos;s samples, made elsewhere for the prompts of a set, are scored like generated ones: an
        archive or a folder is enough, no endpoint is called. Have an endpoint?{" "}
        <Link href="/submit" className="link">
          Submit it
        </Link>{" "}
        instead.
      </p>
      <SamplesForm
        choices={choices}
        boards={boards.filter(({ maySubmit }) => maySubmit)}
        board={typeof board === "string" ? board : null}
        runId={typeof run === "string" ? run : null}
        reviewed={policy === "reviewed"}
      />
    </div>
  );
}
