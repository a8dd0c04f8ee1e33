import { readFile, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import type { Command } from "commander";
import { db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { exportQuestions, importQuestions } from "@/lib/judges/checklists/exchange-questions";
import { listQuestionSets } from "@/lib/judges/checklists/read-questions";
import { reviewQuestions } from "@/lib/judges/checklists/review-questions";
import { startProposal } from "@/lib/judges/checklists/start-proposal";

/** Adds `salon questions list | propose | export | import | approve`: the checklists that judges go by. */
export function registerQuestions(program: Command): void {
  const questions = program
    .command("questions")
    .description("the yes/no questions about each prompt that judges answer");
  questions
    .command("list")
    .description("all versions of all prompt sets")
    .action(() =>
      connected(async () => {
        const sets = await listQuestionSets();
        const lines = sets.map(
          ({ promptSet, version, proposedBy, proposed, prompts, problems, reviewedBy }) =>
            `${promptSet} ${version}  by ${proposedBy}, ${proposed}/${prompts} prompts, ${problems} without questions, ${reviewedBy === null ? "not reviewed" : `reviewed by ${reviewedBy}`}`,
        );
        return lines.join("\n") || "There are none.";
      }),
    );
  questions
    .command("propose")
    .description("have a new version proposed, by the Toybox grammar or by a judge")
    .argument("<prompt-set>", "slug")
    .option("--by <judge>", "slug of a judge; the grammar unless told")
    .action((promptSet: string, { by }: { by?: string }) =>
      connected(async () => {
        const promptSetId = await promptSetOf(promptSet);
        const judge = by === undefined ? null : await db().judge.findUnique({ where: { slug: by } });
        if (by !== undefined && judge === null) throw new SalonError("not_found", `There is no judge ${by}.`);
        const proposer = judge === null ? "grammar" : { judgeId: judge.id };
        const { version } = await startProposal({ promptSetId, by: proposer });
        return `Version ${version} is being proposed. Read it on /judges/questions, then: salon questions approve ${promptSet} ${version}`;
      }),
    );
  questions
    .command("export")
    .description("write a version as JSON, to be read and edited")
    .argument("<prompt-set>", "slug")
    .argument("<version>")
    .argument("<file>")
    .action((promptSet: string, version: string, file: string) =>
      connected(async () => {
        const checklists = await exportQuestions(await versionOf(promptSet, version));
        await writeFile(file, `${JSON.stringify(checklists, null, 2)}\n`);
        return `${file}: questions on ${checklists.length} prompts`;
      }),
    );
  questions
    .command("import")
    .description("make a new version of an edited file")
    .argument("<prompt-set>", "slug")
    .argument("<file>")
    .action((promptSet: string, file: string) =>
      connected(async () => {
        const promptSetId = await promptSetOf(promptSet);
        const { version } = await importQuestions({ promptSetId, file: await readJson(file) });
        return `Version ${version} is there. Use it with: salon questions approve ${promptSet} ${version}`;
      }),
    );
  questions
    .command("approve")
    .description(
      "say that a version has been read and is right: judges use it from now on, and it never changes",
    )
    .argument("<prompt-set>", "slug")
    .argument("<version>")
    .option("--as <name>", "who has read it", userInfo().username)
    .action((promptSet: string, version: string, { as: reviewer }: { as: string }) =>
      connected(async () => {
        await reviewQuestions({ questionSetId: await versionOf(promptSet, version), reviewer });
        return `Judges with a checklist rubric use version ${version} of ${promptSet} from now on.`;
      }),
    );
}

async function connected(work: () => Promise<string>): Promise<void> {
  try {
    console.log(await work());
  } finally {
    await db().$disconnect();
  }
}

async function promptSetOf(slug: string): Promise<string> {
  const set = await db().promptSet.findUnique({ where: { slug } });
  if (set === null) throw new SalonError("not_found", `There is no prompt set ${slug}.`);
  return set.id;
}

async function versionOf(slug: string, version: string): Promise<string> {
  const set = (await listQuestionSets()).find(
    (each) => each.promptSet === slug && each.version === Number(version),
  );
  if (set === undefined) throw new SalonError("not_found", `${slug} has no version ${version}.`);
  return set.id;
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SalonError("invalid_request", `${file} is no JSON.`, { cause });
  }
}
