import type { Command } from "commander";
import { db } from "@/lib/db/client";
import { hideModel, showModel } from "@/lib/models/hide-model";
import { listManagedModels } from "@/lib/models/list-managed-models";
import type { ManagedModel } from "@/lib/schemas/administration/managed-models";
import { removeModel } from "@/lib/models/remove-model";
import { approveModel, rejectModel } from "@/lib/models/review-model";
import { registerModelsAdd } from "./models-add";
import { registerModelsDrift } from "./models-drift";
import { registerModelsEdit } from "./models-edit";
import { registerModelsTest } from "./models-test";

/** Adds `salon models list | add | edit | test | drift | split | approve | reject | hide | show | remove`. */
export function registerModels(program: Command): void {
  const models = program.command("models").description("manage the models of the site");
  models
    .command("list")
    .description("all models, newest first: state, who submitted it, where it is called, runs, votes")
    .option("--waiting", "only those that wait for your review", false)
    .option("--json", "print JSON", false)
    .action(({ json, waiting }: { json: boolean; waiting: boolean }) =>
      disconnecting(async () => {
        const found = await listManagedModels({ waiting });
        if (json) return JSON.stringify(found, null, 2);
        if (found.length > 0) return found.map(lineOf).join("\n");
        return waiting ? "No model waits for a review." : "There are no models.";
      }),
    );
  const change = (verb: string, description: string, work: (slug: string) => Promise<string>) =>
    models
      .command(verb)
      .description(description)
      .argument("<model>", "slug")
      .action((slug: string) => disconnecting(() => work(slug)));
  change("approve", "let a visitor's model onto the board, and have your judges judge it", async (slug) =>
    (await approveModel({ slug, by: "operator" }))
      ? `${slug} is approved, and listed.`
      : `${slug} is approved: it is listed once a run that was to list it is scored.`,
  );
  models
    .command("reject")
    .description("turn a visitor's model down; it leaves the board, if it was there")
    .argument("<model>", "slug")
    .requiredOption("--reason <sentence>", "why: its submitter is shown it")
    .action((slug: string, { reason }: { reason: string }) =>
      disconnecting(async () => {
        await rejectModel({ slug, reason, by: "operator" });
        return `${slug} is rejected.`;
      }),
    );
  change("hide", "take a model out of arena and board; its votes stay in the log", async (slug) => {
    await hideModel({ slug, by: "operator" });
    return `${slug} is hidden: the next snapshot is made without it. \`salon models show ${slug}\` undoes this.`;
  });
  change("show", "undo hide", async (slug) =>
    (await showModel({ slug, by: "operator" }))
      ? `${slug} is listed again.`
      : `${slug} is no longer hidden. It is not listed: see \`salon models list\`.`,
  );
  change("remove", "delete a model with its key, runs and images, for good; its votes stay", async (slug) => {
    await removeModel({ slug, by: "operator" });
    return `Removed ${slug}. Workers delete the bytes of its images within minutes.`;
  });
  registerModelsAdd(models);
  registerModelsEdit(models);
  registerModelsTest(models);
  registerModelsDrift(models);
}

function lineOf(model: ManagedModel): string {
  const runs = `${model.runs} ${model.runs === 1 ? "run" : "runs"}${model.run === null ? "" : ` (${model.run})`}`;
  return [
    model.slug,
    model.state,
    model.visitor === null ? model.submittedBy : `visitor ${model.visitor}`,
    model.endpoint ?? "no endpoint",
    runs,
    `${model.votes} ${model.votes === 1 ? "vote" : "votes"}`,
    `${JSON.stringify(model.name)} by ${JSON.stringify(model.creator)}`,
  ].join("  ");
}

async function disconnecting(work: () => Promise<string>): Promise<void> {
  try {
    console.log(await work());
  } finally {
    await db().$disconnect();
  }
}
