import { env, type SubmissionPolicy } from "@/lib/env";
import { SalonError } from "@/lib/errors";

/** Whether this site takes submissions, for the pages that offer them. */
export const submissionPolicy = (): SubmissionPolicy => env().submissions;

/** @throws SalonError forbidden where submissions are closed */
export function requireOpen(policy: SubmissionPolicy): void {
  if (policy === "off") throw new SalonError("forbidden", "Submissions are closed on this site.");
}

/** What a model that a visitor wants listed begins with. One that was private goes to review where submissions are closed, too. */
export const reviewOf = (policy: SubmissionPolicy) =>
  policy === "open" ? ("NOT_NEEDED" as const) : ("WAITING" as const);
