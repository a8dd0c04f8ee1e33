import { withCaveatTexts } from "@/components/caveat-text";
import { stoppedText } from "@/components/judges/pause-text";
import { runFailureText, uploadFailureText } from "@/lib/schemas/reasons/failure-text";
import type { RunResponse, RunView } from "@/lib/schemas/runs";
import type { SampleUploadResponse, SampleUploadView } from "@/lib/schemas/sample-uploads";

/** A run as the API promises it. */
export const withRunTexts = (run: RunView): RunResponse => ({
  ...run,
  failureReason: run.failedFor && runFailureText(run.failedFor),
  metrics: withCaveatTexts(run.metrics),
  judging: run.judging.map((task) => ({ ...task, stopped: stoppedText(task) })),
  uploads: run.uploads.map(withUploadText),
});

/** An upload as the API promises it. */
export const withUploadText = (upload: SampleUploadView): SampleUploadResponse => ({
  ...upload,
  failureReason: upload.failedFor && uploadFailureText(upload.failedFor),
});
