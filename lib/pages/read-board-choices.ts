import { db, type Tx } from "@/lib/db/client";
import type { Visitor } from "@/lib/models/visibility";
import { controlsJudge, judgesSeenBy } from "@/lib/judges/judge-scope";
import { listPromptSets } from "@/lib/prompts/list-prompt-sets";
import { listReferences } from "@/lib/references/list-references";
import type { BoardSettings } from "@/lib/schemas/boards";
import type { BoardChoices } from "@/lib/schemas/views";

/**
 * What a visitor may choose of for a board.
 * @param ask.settings of the board that is changed: what it has stays to be chosen, even where the visitor could not choose it anew
 */
export async function readBoardChoices(
  ask: Visitor & { settings?: BoardSettings },
  tx: Tx = db(),
): Promise<BoardChoices> {
  const { settings, ...by } = ask;
  const [sets, { references, encoders, videoEncoders }, judges] = await Promise.all([
    listPromptSets({ by }, tx),
    listReferences(by, tx),
    tx.judge.findMany({
      where: { OR: [judgesSeenBy(by), { slug: { in: settings?.judges ?? [] } }] },
      orderBy: { createdAt: "asc" },
      select: { slug: true, name: true, bundled: true, ownerId: true },
    }),
  ]);
  const promptSets = sets.promptSets.map(({ slug, name, prompts }) => ({ slug, name, prompts }));
  const ownSets = settings === undefined ? [] : await readSets(settings, tx);
  promptSets.unshift(...ownSets.filter((own) => !promptSets.some(({ slug }) => slug === own.slug)));
  const used = settings?.metrics.map(({ encoder }) => encoder) ?? [];
  return {
    promptSets,
    encoders: [...new Set([...encoders, ...used])],
    videoEncoders,
    references: references
      .filter(({ state }) => state === "READY")
      // A set is of one state of its encoder's weights, a board's metric of whichever are installed.
      .map(({ id, name, encoder }) => ({ id, name, encoder: encoder.split("@")[0] })),
    unfinishedReferences: references
      .filter(({ state, own }) => state === "BUILDING" && own)
      .map(({ name }) => name),
    judges: judges
      .filter((judge) => judge.bundled || controlsJudge(judge, by) || settings?.judges.includes(judge.slug))
      .map((judge) => ({ slug: judge.slug, name: judge.name, own: controlsJudge(judge, by) })),
  };
}

/** The board's prompt sets, also those that who asks may not see by themselves. */
async function readSets(settings: BoardSettings, tx: Tx): Promise<BoardChoices["promptSets"]> {
  const sets = await tx.promptSet.findMany({
    where: { slug: { in: [settings.promptSet, ...settings.furtherPromptSets] } },
    select: { slug: true, name: true, _count: { select: { prompts: true } } },
  });
  return sets.map(({ slug, name, _count }) => ({ slug, name, prompts: _count.prompts }));
}
