import type { Tx } from "@/lib/db/client";
import { contentHash, type PromptContent } from "@/lib/prompt-files/content-hash";
import type { PreparedPrompt } from "@/lib/prompts/prepare-prompts";
import type { ArenaState } from "@/lib/prompts/store-prompts";
import type { PromptChange } from "@/lib/schemas/prompt-sets";

export interface Comparison extends PromptChange {
  /** Those whose keys the set does not have. */
  fresh: PreparedPrompt[];
  /** The first whose key the set has with another content. */
  clash: PreparedPrompt | null;
  /** By content hash, of the prompts that the set has. */
  states: Map<string, ArenaState>;
}

/**
 * What prompts would change of a set if they took its place: a prompt of the same content hash is kept, one of the same key and another
 * content is changed.
 */
export async function comparePrompts(
  promptSetId: string,
  prompts: readonly PreparedPrompt[],
  tx: Tx,
): Promise<Comparison> {
  const rows = await tx.prompt.findMany({
    where: { promptSetId },
    select: {
      key: true,
      text: true,
      negativePrompt: true,
      sourceArtifacts: true,
      truth: true,
      contentHash: true,
      arena: true,
      retiredAt: true,
    },
  });
  const hashOf = new Map(rows.map((row) => [row.key, row.contentHash ?? hashOfRow(row)]));
  const keys = new Set(prompts.map(({ key }) => key));
  const known = prompts.filter(({ key }) => hashOf.has(key));
  const changed = known.filter((prompt) => hashOf.get(prompt.key) !== prompt.contentHash);
  return {
    kept: known.length - changed.length,
    changed: changed.length,
    added: prompts.length - known.length,
    removed: rows.filter(({ key }) => !keys.has(key)).length,
    fresh: prompts.filter(({ key }) => !hashOf.has(key)),
    clash: changed[0] ?? null,
    states: new Map(rows.map(({ key, arena, retiredAt }) => [hashOf.get(key)!, { arena, retiredAt }])),
  };
}

const hashOfRow = ({
  sourceArtifacts,
  ...row
}: Omit<PromptContent, "sources"> & { sourceArtifacts: string[] }) =>
  contentHash({ ...row, sources: sourceArtifacts });
