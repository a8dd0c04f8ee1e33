import { listBoards } from "@/lib/boards/list-boards";
import { db, type Tx } from "@/lib/db/client";

/** A sitemap takes 50,000 addresses; nobody looks for the last of that many models. */
const MODELS = 10_000;

/** Pages whose address never changes. */
const STANDING = [
  "/",
  "/leaderboard",
  "/boards",
  "/models",
  "/stack",
  "/judges",
  "/docs/methods",
  "/docs/api",
];

/** Paths of the pages that every visitor sees without an account: the standing ones, boards, listed models. */
export async function listOpenPages(tx: Tx = db()): Promise<string[]> {
  const boards = await listBoards({ by: { voterId: null } }, tx);
  const models = await tx.model.findMany({
    where: { listed: true, hiddenAt: null, removedAt: null },
    orderBy: { id: "asc" },
    take: MODELS,
    select: { slug: true },
  });
  return [
    ...STANDING,
    ...boards.filter(({ isPublic }) => isPublic).map(({ slug }) => `/leaderboard/${slug}`),
    ...models.map(({ slug }) => `/models/${slug}`),
  ];
}
