import { readFileSync } from "node:fs";
import { Argument, Option, type Command } from "commander";
import { db } from "@/lib/db/client";
import { readBlockedList, setBlockedList } from "@/lib/moderation/checks/blocked-list";
import { listQueue } from "@/lib/moderation/list-queue";
import { setSampleState } from "@/lib/moderation/set-state";
import {
  QUEUES,
  REPORT_REASONS,
  sampleState,
  type QueueName,
  type ReportReason,
  type SampleStateName,
} from "@/lib/schemas/moderation";
import { SalonError } from "@/lib/errors";
import { table } from "./table";

/** Adds `salon moderation list | set | words`: which images are reported, held, blurred or removed, and deciding on them. */
export function registerModeration(program: Command): void {
  const moderation = program.command("moderation").description("which images are shown");
  moderation
    .command("list")
    .description("list images that are reported, held, blurred or removed, the newest first")
    .addArgument(new Argument("[queue]").choices(QUEUES).default("reported"))
    .option("--json", "print JSON", false)
    .action((queue: QueueName, flags: { json: boolean }) =>
      list(queue, flags).finally(() => db().$disconnect()),
    );
  moderation
    .command("set")
    .description("decide how an image may be shown, with every sample that has the same bytes; votes stay")
    .argument("<sample>", "its id")
    .addArgument(new Argument("<state>").choices(sampleState.options))
    .addOption(
      new Option("--reason <reason>", "why; needed for all but visible").choices(Object.keys(REPORT_REASONS)),
    )
    .action(async (sampleId: string, state: SampleStateName, { reason }: { reason?: ReportReason }) => {
      if (state !== "visible" && reason === undefined)
        throw new SalonError("invalid_request", "Say why, with --reason.");
      try {
        const decided = await setSampleState({ sampleId, state, reason, by: "operator", now: new Date() });
        const { before, images } = decided;
        console.log(
          `${images} ${images === 1 ? "sample is" : "samples are"} ${state} (was ${before.state}).`,
        );
      } finally {
        await db().$disconnect();
      }
    });
  moderation
    .command("words")
    .description("show the words that visitors' prompts may not have, or set them")
    .option(
      "--set <file>",
      "a text file with an entry a line, * for any letters; an empty one blocks nothing",
    )
    .action(async ({ set: file }: { set?: string }) => {
      try {
        const list =
          file === undefined
            ? await readBlockedList()
            : await setBlockedList({ list: readFileSync(file, "utf8").split(/\r?\n/), by: "operator" });
        console.log(list.length === 0 ? "No word is blocked." : list.join("\n"));
      } finally {
        await db().$disconnect();
      }
    });
}

async function list(queue: QueueName, { json }: { json: boolean }): Promise<void> {
  const rows = [];
  for (let before: string | undefined; ;) {
    const page = await listQueue({ queue, before });
    rows.push(...page.samples);
    if (page.next === null) break;
    before = page.next;
  }
  if (json) return console.log(JSON.stringify(rows, null, 2));
  if (rows.length === 0) return console.log("None.");
  const header = ["sample", "state", "reason", "reports", "model", "prompt"];
  const cells = rows.map(({ sampleId, state, reason, reports, newest, model, prompt }) => [
    sampleId,
    state,
    reason ?? newest[0]?.reason ?? "-",
    String(reports),
    model.slug,
    prompt.length > 60 ? `${prompt.slice(0, 60)}…` : prompt,
  ]);
  console.log(table([header, ...cells]));
}
