import { readFileSync, readdirSync, readlinkSync } from "node:fs";

/** Every process of a Salon, PostgreSQL's too: by the data folder in its environment, its arguments or its place. Linux. */
export function processesOf(dataDir: string): number[] {
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return pids.filter((pid) => {
    try {
      const facts = ["environ", "cmdline"].map((name) => readFileSync(`/proc/${pid}/${name}`, "latin1"));
      return [...facts, readlinkSync(`/proc/${pid}/cwd`)].some((fact) => fact.includes(dataDir));
    } catch {
      return false; // it ended meanwhile
    }
  });
}

/** The number of the embedded PostgreSQL's first process. */
export function postmasterOf(dataDir: string): number {
  return Number.parseInt(readFileSync(`${dataDir}/postgres/postmaster.pid`, "utf8"), 10);
}
