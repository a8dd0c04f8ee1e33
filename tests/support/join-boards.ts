import type { Db, Tx } from "@/lib/db/client";

/** Have all models stand on all boards of their task, as a test's rows that were made by hand are meant to. */
export const joinBoards = (db: Db | Tx) => db.$executeRaw`
  insert into board_models (board_id, model_id)
  select b.id, m.id from boards b join models m on m.modality = b.modality on conflict do nothing`;
