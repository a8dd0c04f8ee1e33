import type { useTranslations } from "next-intl";
import type { Format } from "@/components/format";
import { metricText } from "@/components/metric-text";
import type { StoredFileRemark } from "@/lib/schemas/reasons/file-remark";
import type { StoredRunFailure } from "@/lib/schemas/reasons/run-failure";
import type { StoredUploadFailure, UploadFailure } from "@/lib/schemas/reasons/upload-failure";
import type { SampleUploadView } from "@/lib/schemas/sample-uploads";

/** A run's sentences in the page's language. What the API and the command line say in words too is in the other texts of this room and in lib/schemas/reasons, in English. */
export type RunWords = ReturnType<typeof useTranslations<"runs">>;

/** "A", "A and B", "A and B and C" */
export const joined = (t: RunWords, texts: readonly string[]): string =>
  texts.length === 0 ? "" : texts.reduce((a, b) => t("both", { a, b }));

/** "12.1 to 13.4"; null: without an interval. */
export function intervalText(
  t: RunWords,
  format: Format,
  metric: Parameters<typeof metricText>[0],
  { low, high }: { low: number | null; high: number | null },
): string | null {
  if (low === null || high === null) return null;
  return t("range", { low: metricText(metric, low, format), high: metricText(metric, high, format) });
}

/** Why a run failed, and what to change; a reason that an earlier release stored as a sentence is shown as it is. */
export function runFailureSentence(t: RunWords, failure: StoredRunFailure): string {
  if (typeof failure === "string") return failure;
  switch (failure.code) {
    case "none_made":
    case "too_few_made":
      return t(`failure.${failure.code}`, {
        ...failure,
        hasMost: failure.most === null ? "no" : "yes",
        most: failure.most ?? "",
      });
    case "too_few_uploaded":
      return t("failure.too_few_uploaded", failure);
    case "broke_down":
      return failure.said === null
        ? t("failure.broke_down", { errorId: failure.errorId })
        : t("failure.because", { said: failure.said });
    case "key_unreadable":
    case "endpoint_said":
      return failure.said;
    default:
      return uploadFailureSentence(t, failure);
  }
}

/** Why an upload of samples came to nothing, and what to do; an earlier release's sentence is shown as it is. */
function uploadFailureSentence(t: RunWords, failure: StoredUploadFailure): string {
  return typeof failure === "string" ? failure : codeSentence(t, failure);
}

function codeSentence(t: RunWords, failure: UploadFailure): string {
  switch (failure.code) {
    case "run_cancelled":
    case "upload_abandoned":
    case "upload_removed":
      return t(`failure.${failure.code}`);
    case "nothing_fits":
      return t("failure.nothing_fits", { files: failure.files });
    case "upload_unreadable":
      return failure.said;
    case "upload_broke_down":
      return t("failure.upload_broke_down", { errorId: failure.errorId });
    case "upload_over_room":
      return t("failure.upload_over_room", {
        used: inGib(failure.bytes),
        added: inGib(failure.added),
        gib: failure.gib,
      });
    case "own_room_full":
    case "network_room_full":
      return t(`failure.${failure.code}`, { gib: failure.gib });
  }
}

const inGib = (bytes: number) => (bytes / 2 ** 30).toFixed(1);

/** How an upload is getting on. */
export function uploadSentence(t: RunWords, { percent }: Format, upload: SampleUploadView): string {
  switch (upload.state) {
    case "RECEIVING":
      return t("uploads.receiving", {
        share: percent(Math.floor((100 * upload.receivedBytes) / upload.bytes) / 100),
      });
    case "READING":
      return upload.files === null
        ? t("uploads.waiting")
        : t("uploads.reading", { checked: upload.checked, n: upload.files });
    case "FAILED": {
      const nothing = t("uploads.nothing");
      return upload.failedFor === null ? nothing : `${nothing} ${uploadFailureSentence(t, upload.failedFor)}`;
    }
    case "DONE":
      return t("uploads.added", { n: upload.added, same: upload.same, problems: upload.problemCount });
  }
}

/** What is odd about files; a remark that an earlier release stored as a sentence is shown as it is. */
export function fileRemarkSentence(t: RunWords, remark: StoredFileRemark): string {
  if (typeof remark === "string") return remark;
  switch (remark.code) {
    case "unreadable":
    case "exact_copies":
    case "alike":
    case "narrow_range":
      return t(`remarks.${remark.code}`, { n: remark.files });
    case "mixed_resolutions":
      return t("remarks.mixed_resolutions", { n: remark.resolutions });
    case "mixed_formats":
      return t("remarks.mixed_formats", { formats: remark.formats.join(", ") });
    case "lossy":
      return t("remarks.lossy");
    case "other_formats":
    case "other_resolutions":
      return t(`remarks.${remark.code}`, {
        samples: remark.samples.join(", "),
        reference: remark.reference.join(", "),
      });
  }
}
