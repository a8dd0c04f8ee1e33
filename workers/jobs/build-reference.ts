import { buildReference, failReference } from "@/lib/references/build-reference";
import type { ExhaustedHandler, Handler } from "@/workers/context";

export const buildReferenceJob: Handler<"build-reference"> = ({ referenceSetId }, { db, signal }) =>
  buildReference(referenceSetId, db, { signal });

/** A set whose job cannot be done must not stay "in progress" for ever. */
export const failReferenceOf: ExhaustedHandler<"build-reference"> = (
  { referenceSetId },
  error,
  { db, log },
) => {
  log.error({ referenceSetId, err: error }, "reference set given up");
  return failReference(referenceSetId, "It could not be built here; the worker's log says why.", db);
};
