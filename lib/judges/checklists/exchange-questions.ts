import { z } from "zod";
import { inTransaction, type Db, db as processDb } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { questionList } from "@/lib/rubrics/checklist";
import { newQuestionSet } from "@/lib/judges/checklists/start-proposal";

/** A version's checklists as a file that a person can edit: by the prompts' places in the set. */
const questionFile = z.array(
  z.object({ index: z.number().int().min(0), prompt: z.string(), questions: z.array(z.unknown()) }),
);

/**
 * A version of a prompt set's checklists, to be read and edited.
 * @throws SalonError not_found
 */
export async function exportQuestions(questionSetId: string, db: Db = processDb()) {
  const rows = await db.checklist.findMany({
    where: { questionSetId },
    orderBy: { prompt: { index: "asc" } },
    include: { prompt: true },
  });
  if (rows.length === 0) throw new SalonError("not_found", "There is nothing in this version yet.");
  return rows.map(({ prompt, questions }) => ({ index: prompt.index, prompt: prompt.text, questions }));
}

/**
 * Make a new version from an edited file: all of it, or nothing. A prompt without questions is not judged by a checklist.
 * @throws SalonError invalid_request naming the prompt at fault
 */
export function importQuestions(
  ask: { promptSetId: string; file: unknown },
  db: Db = processDb(),
): Promise<{ id: string; version: number }> {
  const entries = questionFile.parse(ask.file);
  return inTransaction(async (tx) => {
    const prompts = await tx.prompt.findMany({ where: { promptSetId: ask.promptSetId } });
    const given = new Map(entries.map((entry) => [entry.index, entry]));
    const unknown = entries.find(({ index }) => !prompts.some((prompt) => prompt.index === index));
    if (unknown !== undefined) throw wrong(unknown.index, "is not in this set.");
    const { promptSetId } = ask;
    const set = await newQuestionSet(promptSetId, "file", tx);
    const data = prompts.map(({ id, index, text }) => {
      const entry = given.get(index);
      const row = { questionSetId: set.id, promptId: id };
      if (entry === undefined || entry.questions.length === 0) {
        return { ...row, questions: [], problem: "The file has no questions on it." };
      }
      if (entry.prompt !== text) throw wrong(index, `is "${text}", not "${entry.prompt.slice(0, 200)}".`);
      const parsed = questionList.safeParse(entry.questions);
      if (!parsed.success) throw wrong(index, `has wrong questions: ${parsed.error.issues[0].message}`);
      return { ...row, questions: parsed.data };
    });
    await tx.checklist.createMany({ data });
    return set;
  }, db);
}

const wrong = (index: number, what: string) => new SalonError("invalid_request", `Prompt ${index} ${what}`);
