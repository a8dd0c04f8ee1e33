import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { addModel } from "@/lib/evaluation/add-model";
import { startRun } from "@/lib/evaluation/start-run";
import { guardedClient, OutboundError } from "@/lib/providers/guarded-client";
import type { Submission, SubmissionResponse } from "@/lib/schemas/submissions";

/**
 * Submit a model endpoint and start its run: Model, Endpoint, Run and the run's jobs, all or nothing.
 * @param ask.voterId the visitor it will belong to
 * @throws SalonError invalid_request with the field at fault; not_found for an unknown board
 */
export function submitEndpoint(
  ask: { submission: Submission; voterId: string },
  tx?: Tx,
): Promise<SubmissionResponse> {
  const { submission, voterId } = ask;
  requireCallable(submission.endpointUrl);
  return atomically(tx, async (tx) => {
    const board = await tx.board.findUnique({ where: { slug: submission.board } });
    if (board === null) {
      throw new SalonError("not_found", `There is no board '${submission.board}'.`, { field: "board" });
    }
    const prompts = await tx.prompt.count({ where: { promptSetId: board.promptSetId } });
    const promptCount = submission.promptCount ?? prompts;
    if (promptCount > prompts) {
      throw new SalonError("invalid_request", `The board has ${prompts} prompts; ask for at most so many.`, {
        field: "promptCount",
      });
    }
    const model = await addModel(
      {
        name: submission.name,
        creator: submission.creator,
        modality: board.modality,
        openWeights: submission.openWeights ?? null,
        releasedAt: submission.releasedAt ? new Date(submission.releasedAt) : null,
        paradigm: submission.paradigm || null,
        architecture: submission.architecture || null,
        representation: submission.representation || null,
        textConditioning: submission.textConditioning || null,
        pricePerImageUsd: submission.pricePerImageUsd ?? null,
        submitterId: voterId,
      },
      {
        wireFormat: "OPENAI_IMAGES",
        baseUrl: submission.endpointUrl,
        providerModel: submission.providerModel,
        apiKey: submission.apiKey ?? null,
        concurrency: submission.concurrency,
        imageSize: submission.imageSize,
      },
      tx,
    );
    const runId = await startRun(
      { modelId: model.id, promptSetId: board.promptSetId, promptCount, listsModel: submission.listed },
      tx,
    );
    return { modelId: model.id, model: model.slug, runId };
  });
}

/**
 * Refuse at once what could never be called; where a name leads is checked when it is called.
 * @throws SalonError invalid_request
 */
export function requireCallable(endpointUrl: string): void {
  try {
    guardedClient().check(endpointUrl);
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new SalonError("invalid_request", error.message, { field: "endpointUrl", cause: error });
  }
}
