import type { Db } from "@/lib/db/client";

/** What the database keeps in all its columns, of Salon's tables and the queue's, bytes as they are and as texts. */
export async function everyRow(db: Db): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  const texts = tables.map(async ({ name }) => {
    const rows = await db.$queryRawUnsafe<{ row: string }[]>(`select t::text as row from ${name} t`);
    return rows.map(({ row }) => row).join("\n");
  });
  return (await Promise.all(texts)).join("\n");
}

/** A secret in every form in which it might have been kept; of base64 what stands in any text around it. */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const within = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return encoded.slice(before === 0 ? 0 : before + 1, Math.floor(((bytes.length + before) * 8) / 6));
  });
  const plain = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString("hex"),
    ...within,
  ];
  return [
    ...new Set(
      plain.flatMap((form) => [
        form,
        form.replaceAll("+", "-").replaceAll("/", "_"),
        form.replaceAll("/", "\\/"),
      ]),
    ),
  ];
}
