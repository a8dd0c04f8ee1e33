import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { hashAddress } from "@/lib/secrets/address-hash";

/** What is limited, for one voter and for one network address (behind which a whole school may sit). */
const LIMITS = {
  vote: { seconds: 60, voter: () => env().VOTES_PER_MINUTE, address: () => env().VOTES_PER_MINUTE * 5 },
  // Prefetching may be ahead of voting, and a page reload takes a new one.
  battle: {
    seconds: 60,
    voter: () => env().VOTES_PER_MINUTE * 2,
    address: () => env().VOTES_PER_MINUTE * 10,
  },
  // A cookie is a voter with turns of its own: whoever sends none back must not have as many as they like.
  "new-voter": { seconds: 3600, voter: () => 1, address: () => env().NEW_VOTERS_PER_HOUR },
  "live-battle": { seconds: 60, voter: () => 6, address: () => 30 },
  // Every bundled model draws: as much work as five live battles.
  drawing: { seconds: 60, voter: () => 4, address: () => 20 },
  // Each is a replay of a board's log.
  "vote-change": { seconds: 3600, voter: () => 300, address: () => 1_200 },
  report: { seconds: 3600, voter: () => 20, address: () => 60 },
  submission: { seconds: 3600, voter: () => 20, address: () => 60 },
  // Refits of boards follow, and the deletion of thousands of rows.
  "model-change": { seconds: 3600, voter: () => 30, address: () => 120 },
  // Letting the models of a board on one by one is an evening's work; a class comes in by one link from one address.
  "board-change": { seconds: 3600, voter: () => 120, address: () => 480 },
  // A comparison is made, changed, its links are; whoever comes by one takes a turn too.
  "comparison-change": { seconds: 3600, voter: () => 60, address: () => 240 },
  "link-change": { seconds: 3600, voter: () => 60, address: () => 240 },
  // Each is a call of an endpoint; the test of a model's makes three.
  "connection-test": { seconds: 600, voter: () => 30, address: () => 90 },
  // A pair's metrics are minutes of a worker's time under a wide encoder.
  comparison: { seconds: 3600, voter: () => 30, address: () => 120 },
  upload: { seconds: 3600, voter: () => 6, address: () => 20 },
  // Parts of a few MiB each: three gigabytes are two hundred.
  "upload-part": { seconds: 3600, voter: () => 3_000, address: () => 9_000 },
  // A file is read to its end, and nothing is kept of it.
  "prompt-preview": { seconds: 600, voter: () => 30, address: () => 90 },
  "webhook-change": { seconds: 3600, voter: () => 30, address: () => 120 },
  // Each is a request to an address of the visitor's choice.
  "webhook-send": { seconds: 600, voter: () => 20, address: () => 60 },
  // A right one takes no turn; a wrong one is a mistake in a script, or somebody who guesses.
  "wrong-token": { seconds: 600, voter: () => 20, address: () => 20 },
  "account-change": { seconds: 3600, voter: () => 60, address: () => 240 },
  // An admin goes through a list of jobs or models, one by one.
  administration: { seconds: 3600, voter: () => 600, address: () => 1_200 },
  // Of an account, whoever asks: guessing one person's password from many addresses is bounded too.
  "sign-in": { seconds: 900, voter: () => 20, address: () => 60 },
  // A class makes its accounts behind one address.
  "sign-up": { seconds: 3600, voter: () => 5, address: () => 60 },
  "account-mail": { seconds: 3600, voter: () => 5, address: () => 30 },
  export: { seconds: 60, voter: () => 10, address: () => 30 },
} as const satisfies Record<string, { seconds: number; voter: () => number; address: () => number }>;

/** What all addresses of one network (IPv4 /24, IPv6 /48) may do together, in turns of one address. */
const ADDRESSES_A_NETWORK = 4;

export type Limited = keyof typeof LIMITS;

type Whose = "voter" | "address" | "network";

const limiters = new Map<string, RateLimiterPostgres>();

/**
 * Use up a turn, or several, of those that a voter, an address and its network have. Counted in the database, so over all web
 * processes; addresses under their keyed hashes.
 * @throws SalonError "rate_limited" with the seconds to wait when one of them has none left
 */
export async function takeTurn(
  kind: Limited,
  who: { voterId?: string | null; address: string | null },
  turns = 1,
): Promise<void> {
  const from = await hashAddress(who.address, Date.now());
  const taken = [
    who.voterId ? limiterOf(kind, "voter").consume(who.voterId, turns) : null,
    from ? limiterOf(kind, "address").consume(from.address, turns) : null,
    from ? limiterOf(kind, "network").consume(from.network, turns) : null,
  ];
  const refused = (await Promise.allSettled(taken)).filter((turn) => turn.status === "rejected");
  for (const { reason } of refused) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    const retryAfterSeconds = Math.ceil(reason.msBeforeNext / 1000);
    throw new SalonError("rate_limited", `That was too many at once. Try again in ${retryAfterSeconds} s.`, {
      retryAfterSeconds,
    });
  }
}

function limiterOf(kind: Limited, whose: Whose): RateLimiterPostgres {
  const keyPrefix = `${kind}:${whose}`;
  const known = limiters.get(keyPrefix);
  if (known !== undefined) return known;
  const limits = LIMITS[kind];
  const points = whose === "network" ? limits.address() * ADDRESSES_A_NETWORK : limits[whose]();
  const limiter = new RateLimiterPostgres({
    storeClient: { query: runQuery },
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix,
    points,
    duration: limits.seconds,
    // Who is refused is refused from memory: a flood does not reach the database.
    inMemoryBlockOnConsumed: points + 1,
  });
  limiters.set(keyPrefix, limiter);
  return limiter;
}

/** The library's queries through the process's one client; it reckons with numbers where Prisma gives bigints. */
async function runQuery(query: { text: string; values: unknown[] }) {
  const rows = await db().$queryRawUnsafe<{ points: number; expire: bigint | null }[]>(
    query.text,
    ...query.values,
  );
  return {
    rows: rows.map((row) => ({ ...row, expire: row.expire === null ? null : Number(row.expire) })),
    rowCount: rows.length,
  };
}
