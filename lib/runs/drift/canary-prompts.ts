import type { Tx } from "@/lib/db/client";
import { CANARY_PROMPTS } from "@/lib/schemas/endpoints/drift";

export interface CanaryPrompt {
  id: string;
  index: number;
  text: string;
  negativePrompt: string | null;
}

/** A few prompts of a set, the same at every look and of every model: the first by a hash of their ids, as good as at random. */
export function canaryPrompts(promptSetId: string, tx: Tx): Promise<CanaryPrompt[]> {
  return tx.$queryRaw<CanaryPrompt[]>`
    select id, index, text, negative_prompt as "negativePrompt" from prompts
    where prompt_set_id = ${promptSetId} and erased_at is null and source_artifacts = '{}'
    order by md5(id), id limit ${CANARY_PROMPTS}`;
}
