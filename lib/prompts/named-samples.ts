import { Prisma } from "@/lib/db/generated/client";

/**
 * Which samples may be shown beside their model's name. While a prompt is in the arena, samples of listed models on it are shown
 * in battles alone: an address that served one with a name would let anyone look up the sides of a battle before voting. A model
 * that is not listed is in no battle, so its submitter sees all of it.
 */
export const mayBeNamed = (sample: { model: { listed: boolean }; prompt: { arena: boolean } }): boolean =>
  !(sample.model.listed && sample.prompt.arena);

/** The same in SQL, of prompt `p` and model `m`. */
export const MAY_BE_NAMED: Prisma.Sql = Prisma.sql`not (m.listed and p.arena)`;

/** The same as a filter of samples. */
export const namedSamples = {
  NOT: { model: { listed: true }, prompt: { arena: true } },
} satisfies Prisma.SampleWhereInput;
