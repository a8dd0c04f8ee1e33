/** What is known of a request besides whose it is. */
export interface Via {
  /** The account that is signed in; null: a visitor by cookie. */
  userId: string | null;
  /** The API token that the request came with. */
  tokenId: string | null;
  /** Of the network address, as votes keep it. */
  addressHash: string | null;
}

/** Who changes something: the operator at the command line, a rule or a worker, or somebody by cookie, session or token. */
export type Actor = "operator" | "system" | KnownActor;

export interface KnownActor {
  voterId: string | null;
  via?: Via;
  /** Whether they run what belongs to the site itself. */
  runsSite?: boolean;
  /** The revision of what they edit that they had read, where they said one (lib/edits). */
  read?: number;
}

/** The columns of an event that say who it was: ids alone, so that erasing a person elsewhere leaves nothing of them here. */
export function actorColumns(by: Actor) {
  if (by === "operator" || by === "system") {
    return { actor: by === "operator" ? "OPERATOR" : "SYSTEM", actorId: null, addressHash: null } as const;
  }
  const { userId = null, tokenId = null, addressHash = null } = by.via ?? {};
  if (tokenId !== null) return { actor: "TOKEN", actorId: tokenId, addressHash } as const;
  if (userId !== null) return { actor: "USER", actorId: userId, addressHash } as const;
  return { actor: "VISITOR", actorId: by.voterId, addressHash } as const;
}
