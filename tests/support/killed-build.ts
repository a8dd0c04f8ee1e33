import { createDb } from "@/lib/db/client";
import { buildReference } from "@/lib/references/build-reference";

/** A process that builds the reference set it is given and is killed, as by kill -9, once one batch of it is kept. */
const db = createDb(process.env.DATABASE_URL ?? "", { max: 2 });
await buildReference(process.argv[2], db, { onProgress: () => process.kill(process.pid, "SIGKILL") });
