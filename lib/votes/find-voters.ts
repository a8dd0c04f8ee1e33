import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { isId } from "@/lib/ids";
import { signText } from "@/lib/secrets/sign";

/**
 * The ids of voters, each named by id or by the pseudonym that an exported log has for them.
 * @throws SalonError "not_found" for one that nobody has
 */
export async function findVoters(names: readonly string[], tx: Tx): Promise<string[]> {
  const ids = names.filter((name) => isId("voter", name));
  const known = await tx.voter.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const found = new Map(known.map(({ id }) => [id, id]));
  const pseudonyms = new Set(names.filter((name) => !found.has(name)));
  const PAGE = 10_000;
  for (let after = ""; pseudonyms.size > 0;) {
    // Pseudonyms are made from ids and lead nowhere back: try everyone.
    const page = await tx.voter.findMany({
      where: { id: { gt: after } },
      orderBy: { id: "asc" },
      take: PAGE,
      select: { id: true },
    });
    for (const { id } of page) {
      const pseudonym = await signText("voter-pseudonym", id);
      if (pseudonyms.delete(pseudonym)) found.set(pseudonym, id);
    }
    if (page.length < PAGE) break;
    after = page[page.length - 1].id;
  }
  const missing = names.find((name) => !found.has(name));
  if (missing !== undefined) {
    throw new SalonError("not_found", `There is no voter ${JSON.stringify(missing)}.`, { field: "voter" });
  }
  return names.map((name) => found.get(name)!);
}
