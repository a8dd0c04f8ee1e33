import Link from "next/link";
import { useTranslations } from "next-intl";
import { uploadSentence } from "@/components/runs/page-text";
import { UploadProblems } from "@/components/submit/upload-problems";
import { useFormat } from "@/components/use-format";
import type { RunView } from "@/lib/schemas/runs";

/** The uploads that a run's samples came by, for who uploaded them. */
export function RunUploads({ run }: { run: RunView }) {
  const t = useTranslations("runs");
  const format = useFormat();
  if (run.source !== "UPLOAD") return null;
  return (
    <section className="mt-12" aria-labelledby="uploads">
      <h2 id="uploads" className="text-2xl">
        {t("uploads.title")}
      </h2>
      <p className="text-muted mt-3 max-w-3xl text-sm">
        {t("uploads.about")}{" "}
        {run.canControl && (
          <Link href={`/submit/samples?run=${run.runId}`} className="link">
            {t("uploads.more")}
          </Link>
        )}
      </p>
      {run.uploads.map((upload) => (
        <div key={upload.uploadId} className="card mt-4 p-5 text-sm">
          <p className="flex flex-wrap justify-between gap-3">
            <span className="font-medium break-all" translate="no">
              {upload.name}
            </span>
            <time className="text-muted" dateTime={upload.createdAt} translate="no">
              {format.moment(upload.createdAt)}
            </time>
          </p>
          <p className={`mt-1 ${upload.state === "FAILED" ? "text-alarm" : ""}`}>
            {uploadSentence(t, format, upload)}
          </p>
          <UploadProblems upload={upload} />
        </div>
      ))}
    </section>
  );
}
