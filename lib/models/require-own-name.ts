import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { nameSkeleton } from "@/lib/models/name-skeleton";

/** Nobody but Salon is called so; its bundled models and judges say that it made them. */
const RESERVED = nameSkeleton("Salon");

interface Named {
  name: string;
  creator: string;
}

/**
 * Refuse a visitor a name or creator that passes for that of a model on the board, of the operator's or of Salon's own.
 * Other models of the same visitor may share them.
 * @throws SalonError conflict with the field at fault
 */
export async function requireOwnModelName(
  wanted: Named & { submitterId: string | null },
  tx: Tx,
): Promise<void> {
  refuseReserved(wanted);
  const others = await tx.model.findMany({
    where: {
      removedAt: null,
      OR: [{ submitterId: null }, { listed: true, submitterId: { not: wanted.submitterId } }],
    },
    select: { name: true, creator: true },
  });
  for (const field of ["name", "creator"] as const) {
    const taken = find(wanted[field], others.map((other) => other[field])); // prettier-ignore
    if (taken === undefined) continue;
    const what = field === "name" ? "A model" : "The creator of a model";
    throw passesFor(`${what} here is called ${JSON.stringify(taken)}`, field);
  }
}

/** The same as a question. */
export async function hasOwnModelName(
  wanted: Named & { submitterId: string | null },
  tx: Tx,
): Promise<boolean> {
  try {
    await requireOwnModelName(wanted, tx);
    return true;
  } catch (error) {
    if (error instanceof SalonError && error.code === "conflict") return false;
    throw error;
  }
}

/**
 * The same of a visitor's judge, whose name must be its own among the judges; who made its model is said as it is.
 * @throws SalonError conflict with the field at fault
 */
export async function requireOwnJudgeName(wanted: Named & { ownerId: string | null }, tx: Tx): Promise<void> {
  refuseReserved(wanted);
  const others = await tx.judge.findMany({
    where: {
      OR: [{ ownerId: null }, { admittedAt: { not: null }, ownerId: { not: wanted.ownerId } }],
    },
    select: { name: true },
  });
  const taken = find(
    wanted.name,
    others.map((other) => other.name),
  );
  if (taken !== undefined) throw passesFor(`A judge here is called ${JSON.stringify(taken)}`, "name");
}

/**
 * Refuse a visitor the name of this software, which what ships with it carries.
 * @throws SalonError conflict with the field at fault
 */
export function refuseReserved(wanted: Partial<Named>): void {
  for (const field of ["name", "creator"] as const) {
    if (nameSkeleton(wanted[field] ?? "") !== RESERVED) continue;
    throw passesFor("This software is called Salon", field);
  }
}

function find(wanted: string, names: readonly string[]): string | undefined {
  const skeleton = nameSkeleton(wanted);
  return names.find((name) => nameSkeleton(name) === skeleton);
}

const passesFor = (what: string, field: string) =>
  new SalonError("conflict", `${what}, and this would pass for it. Choose another, or ask the operator.`, {
    field,
  });
