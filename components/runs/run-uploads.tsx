import Link from "next/link";
import { count, counted, moment } from "@/components/format";
import { UploadProblems } from "@/components/submit/upload-problems";
import { uploadFailureText } from "@/lib/schemas/reasons/failure-text";
import type { RunView } from "@/lib/schemas/runs";
import type { SampleUploadView } from "@/lib/schemas/sample-uploads";

/** The uploads that a run's samples came by, for who uploaded them. */
export function RunUploads({ run }: { run: RunView }) {
  if (run.source !== "UPLOAD") return null;
  return (
    <section className="mt-12" aria-labelledby="uploads">
      <h2 id="uploads" className="text-2xl">
        Uploaded, not generated here
      </h2>
      <p className="text-muted mt-3 max-w-3xl text-sm">
        These samples were made elsewhere and uploaded, so nothing is known here of how long they took or what
        they cost.{" "}
        {run.canControl && (
          <Link href={`/submit/samples?run=${run.runId}`} className="link">
            Upload more to this run
          </Link>
        )}
      </p>
      {run.uploads.map((upload) => (
        <div key={upload.uploadId} className="card mt-4 p-5 text-sm">
          <p className="flex flex-wrap justify-between gap-3">
            <span className="font-medium break-all">{upload.name}</span>
            <span className="text-muted">{moment(upload.createdAt)}</span>
          </p>
          <p className={`mt-1 ${upload.state === "FAILED" ? "text-alarm" : ""}`}>{uploadLine(upload)}</p>
          <UploadProblems upload={upload} />
        </div>
      ))}
    </section>
  );
}

/** How an upload is getting on, in a sentence. */
export function uploadLine(upload: SampleUploadView): string {
  switch (upload.state) {
    case "RECEIVING":
      return `${Math.floor((100 * upload.receivedBytes) / upload.bytes)}% of it is here.`;
    case "READING":
      return upload.files === null
        ? "All of it is here; it is read as soon as a worker is free."
        : `${count(upload.checked)} of ${counted(upload.files, "file")} read.`;
    case "FAILED":
      return `Nothing of it was taken. ${upload.failedFor === null ? "" : uploadFailureText(upload.failedFor)}`;
    case "DONE":
      return `${counted(upload.added, "sample")} added${
        upload.same > 0 ? `, ${count(upload.same)} there already` : ""
      }; ${upload.problemCount === 0 ? "every file fitted" : `${counted(upload.problemCount, "file")} did not fit`}.`;
  }
}
