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
export type Actor = "operator" | "system" | { voterId: string | null; via?: Via };

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
