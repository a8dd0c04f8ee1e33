import type { useTranslations } from "next-intl";
import type {
  ReferenceList,
  ReferenceListResponse,
  ReferenceSetResponse,
  ReferenceSetView,
} from "@/lib/schemas/examination";
import type { StoredReferenceFailure } from "@/lib/schemas/reasons/reference-failure";

/** Why a reference set could not be built, as pages say it. @param failure null: for a reason that was not kept */
export function failureText(
  t: ReturnType<typeof useTranslations<"references">>,
  failure: StoredReferenceFailure | null,
): string {
  if (failure === null) return t("failure.unknown");
  if (typeof failure === "string") return failure;
  switch (failure.code) {
    case "unreadable":
      return failure.said;
    case "already_here":
      return t("failure.alreadyHere", { of: failure.of, name: failure.name });
    case "too_few":
      return t("failure.tooFew", { of: failure.of, n: failure.n });
    case "broke_down":
      return t("failure.brokeDown");
  }
}

/** The same as the API says it; a reason that an earlier release stored as a sentence is shown as it is. */
export function referenceFailureText(failure: StoredReferenceFailure): string {
  if (typeof failure === "string") return failure;
  switch (failure.code) {
    case "unreadable":
      return failure.said;
    case "already_here":
      return `The same ${failure.of === "statistics" ? failure.of : `${failure.of}s`} are here already, as ${failure.name}.`;
    case "too_few":
      return `It holds ${failure.n} ${failure.of}${failure.n === 1 ? "" : "s"}; a reference needs at least 2.`;
    case "broke_down":
      return "It could not be built here; the worker's log says why.";
  }
}

/** A reference set as the API promises it. */
export const withReferenceText = (set: ReferenceSetView): ReferenceSetResponse => ({
  ...set,
  failureReason: set.failedFor && referenceFailureText(set.failedFor),
});

/** The same of all. */
export const withReferenceTexts = (list: ReferenceList): ReferenceListResponse => ({
  ...list,
  references: list.references.map(withReferenceText),
});
