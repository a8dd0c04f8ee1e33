import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import type { Asker } from "@/lib/models/visibility";
import { parametersOf } from "@/lib/runs/run-parameters";
import { startAnotherRun } from "@/lib/runs/start-another-run";
import type { StartedRuns } from "@/lib/runs/start-runs-over";

/**
 * Run a model once more as its newest run of its endpoint was: over the same prompts, with the same parameters.
 * @throws SalonError conflict for a model that has had no such run; otherwise as startAnotherRun
 */
export function runAgain(ask: { slug: string; by: Asker }, tx?: Tx): Promise<StartedRuns> {
  return atomically(tx, async (tx) => {
    const run = await tx.run.findFirst({
      where: { model: { slug: ask.slug }, source: "ENDPOINT" },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      include: { promptSet: { select: { slug: true } } },
    });
    if (run === null) {
      throw new SalonError("conflict", `${ask.slug} has had no run of an endpoint that could be repeated.`);
    }
    const { imageSize, ...parameters } = parametersOf(run);
    const { promptCount, samplesPerPrompt, label } = run;
    const wanted = {
      ...parameters,
      ...{ promptSet: run.promptSet.slug, promptCount, samplesPerPrompt },
      imageSize: imageSize ?? undefined,
      label: label ?? undefined,
    };
    return startAnotherRun({ ...ask, wanted }, tx);
  });
}
