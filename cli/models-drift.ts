import type { Command } from "commander";
import { changedText, checkCostText, lastText, splitText } from "@/components/models/drift-text";
import { db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { readModelDrift } from "@/lib/runs/drift/read-drift";
import { splitModel } from "@/lib/runs/drift/split-model";
import { watchModel } from "@/lib/runs/drift/watch-model";
import { driftWatch, USUAL_DRIFT_DAYS } from "@/lib/schemas/endpoints/drift";
import { numberOf, parseTyped } from "./endpoint-flags";

/** Adds `drift` and `split` to `salon models`. */
export function registerModelsDrift(models: Command): void {
  models
    .command("drift")
    .description("say whether the model behind a name has changed; or how often to look, on its owner's bill")
    .argument("<model>", "slug")
    .option("--every <days>", `look every so many days, such as ${USUAL_DRIFT_DAYS}; off: never`)
    .option("--json", "print JSON", false)
    .action((slug: string, { every, json }: { every?: string; json: boolean }) =>
      disconnecting(async () => {
        if (every !== undefined) {
          const everyDays = every === "off" ? null : (numberOf(every) ?? null);
          await watchModel({ slug, by: "operator", ...parseTyped(driftWatch, { everyDays }) });
        }
        const drift = await readModelDrift(slug);
        if (drift === null) throw new SalonError("conflict", `${slug} has no endpoint.`);
        if (json) return JSON.stringify(drift, null, 2);
        const { changed, splitAt, watch } = drift;
        return [
          changed && changedText(changed),
          splitAt && splitText(splitAt),
          watch &&
            (watch.everyDays === null ? "It is not checked." : `Checked every ${watch.everyDays} days.`),
          watch?.last && lastText(watch.last),
          watch && checkCostText(watch),
        ]
          .filter(Boolean)
          .join("\n");
      }),
    );
  models
    .command("split")
    .description(
      "begin a new version of a model that was found changed: votes on its earlier images are left out, and stay",
    )
    .argument("<model>", "slug")
    .action((slug: string) =>
      disconnecting(async () => {
        const { boards } = await splitModel({ slug, by: "operator" });
        const votes = boards.reduce((sum, board) => sum + board.votes, 0);
        return `${slug} is of a new version: ${votes} ${votes === 1 ? "vote is" : "votes are"} left out. Start a run of it.`;
      }),
    );
}

async function disconnecting(work: () => Promise<string>): Promise<void> {
  try {
    console.log(await work());
  } finally {
    await db().$disconnect();
  }
}
