import { readDataVersion } from "@/lib/db/data-version";

/** Some pages say at what pace something goes on, or what a job found on its way: after so long they are made anew anyhow. */
const MAX_AGE_MS = 60_000;

/**
 * For which version of the data a page or its JSON is made now. Read it before.
 * @param now milliseconds since 1970
 */
export const readPageVersion = async (now: number): Promise<string> =>
  `${await readDataVersion()} ${Math.floor(now / MAX_AGE_MS)}`;
