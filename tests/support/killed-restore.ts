import { restoreBackup } from "@/lib/installation/backup/restore-backup";

/** A process that restores an archive and is killed, as by kill -9, once it has loaded so many members of a kind. */
const [file, prefix, members] = process.argv.slice(2);
let loaded = 0;
await restoreBackup(
  {
    file,
    onMember: (name) => {
      if (name.startsWith(prefix) && (loaded += 1) > Number(members)) process.kill(process.pid, "SIGKILL");
    },
  },
  process.env.DATABASE_URL ?? "",
);
