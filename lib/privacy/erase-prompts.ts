import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** What stands where a prompt was. Not nothing: fits take a prompt without text for one that is not known. */
export const ERASED_TEXT = "(erased)";

/**
 * Erase what prompts say and show, and what was said in answer to them. Their rows stay for the votes on them, with category and
 * place, and so do the samples' rows; their bytes go at the next collection (lib/artifacts/collect-artifacts.ts).
 * @param ids SQL: a select of prompts' ids
 */
export async function erasePrompts(ids: Prisma.Sql, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    update prompts set text = case when text = '' then '' else ${ERASED_TEXT} end, key = gen_random_uuid()::text,
      negative_prompt = null, source_artifacts = '{}', reference_artifact = null, tags = '{}', truth = null, metadata = null,
      content_hash = null, erased_at = coalesce(erased_at, now())
    where id in (${ids})`;
  await tx.$executeRaw`update samples set revised_prompt = null where prompt_id in (${ids})`;
  await tx.$executeRaw`delete from sample_reports where sample_id in (select id from samples where prompt_id in (${ids}))`;
  await tx.$executeRaw`delete from sample_failures where prompt_id in (${ids})`;
  await tx.$executeRaw`delete from grades where prompt_id in (${ids})`;
  await tx.$executeRaw`delete from checklists where prompt_id in (${ids})`;
  await eraseJudgesWords(Prisma.sql`select id from samples where prompt_id in (${ids})`, tx);
}

/** Judges' words tell of prompt and image. Which of two a judge preferred stays: fits with its verdicts were made from it. */
async function eraseJudgesWords(samples: Prisma.Sql, tx: Tx): Promise<void> {
  for (const verdicts of ["judge_sample_verdicts", "judge_canary_verdicts"]) {
    await tx.$executeRaw`
      delete from judge_calls where id in (
        select call_id from ${Prisma.raw(verdicts)} where sample_id in (${samples}))`;
  }
  await tx.$executeRaw`
    update judge_calls set reply = '', prompt_hash = '' where id in (
      select call_id from judge_pair_verdicts where a_sample_id in (${samples}))`;
  await tx.$executeRaw`update judge_pair_verdicts set message = null where a_sample_id in (${samples})`;
}

/** Prompts that voters wrote in the arena themselves, with the images that were drawn for them. One under way is not waited for. */
export async function eraseOwnPrompts(voterIds: readonly string[], tx: Tx): Promise<void> {
  const own = Prisma.sql`kind = 'LIVE' and voter_id = any (${voterIds})`;
  await tx.$executeRaw`
    update battles set failure_reason = null, state = case when state = 'GENERATING' then 'FAILED' else state end
    where ${own}`;
  await erasePrompts(Prisma.sql`select prompt_id from battles where ${own}`, tx);
}
