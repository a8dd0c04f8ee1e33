import { Prisma } from "@/lib/db/generated/client";
import type { SampleState } from "@/lib/db/generated/enums";

/** Which samples are shown where by their state, whatever else is asked of them. */

/** In galleries, in exports and to judges: blurred ones too, which a page shows behind a click. */
const LOOKED_AT = ["VISIBLE", "BLURRED"] as const satisfies SampleState[];

export const mayBeLookedAt = ({ state }: { state: SampleState }): boolean =>
  (LOOKED_AT as readonly SampleState[]).includes(state);

/** The same in SQL, of the row of samples with this alias. */
export const lookedAt = (alias = "s"): Prisma.Sql =>
  Prisma.sql`${Prisma.raw(alias)}.state in ('VISIBLE', 'BLURRED')`;

/** The same as a filter of samples. */
export const lookedAtSamples = { state: { in: [...LOOKED_AT] } } satisfies Prisma.SampleWhereInput;

/** In battles and comparisons, where voters must see both sides as they are. */
export const inBattles = (alias = "s"): Prisma.Sql => Prisma.sql`${Prisma.raw(alias)}.state = 'VISIBLE'`;
