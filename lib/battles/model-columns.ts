import { Prisma } from "@/lib/db/generated/client";

/** A RevealedModel (reveal.ts) of a row of models as one JSON column. @param alias of the table, trusted */
export function revealedModel(alias: "l" | "r") {
  const m = Prisma.raw(alias);
  return Prisma.sql`json_build_object('model', ${m}.slug, 'name', ${m}.name, 'creator', ${m}.creator,
    'paradigm', ${m}.paradigm, 'architecture', ${m}.architecture, 'representation', ${m}.representation,
    'textConditioning', ${m}.text_conditioning,
    'submittedBy', case when ${m}.bundled then 'bundled' when ${m}.submitter_id is null then 'operator' else 'visitor' end)`;
}
