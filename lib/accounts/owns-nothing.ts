import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { OWNING_COLUMNS } from "./tie-voter";

/** Whether a voter has brought nothing and was invited nowhere: they see of every page what everybody sees. */
export async function ownsNothing(voterId: string, tx: Tx = db()): Promise<boolean> {
  const owned = OWNING_COLUMNS.map(
    ([table, column]) =>
      Prisma.sql`select 1 from ${Prisma.raw(table)} where ${Prisma.raw(column)} = ${voterId}`,
  );
  const invited = ["board_guests", "comparison_guests"].map(
    (table) => Prisma.sql`select 1 from ${Prisma.raw(table)} where voter_id = ${voterId}`,
  );
  const rows = await tx.$queryRaw<unknown[]>`${Prisma.join([...owned, ...invited], " union all ")} limit 1`;
  return rows.length === 0;
}
