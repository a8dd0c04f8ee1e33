import { randomBytes } from "node:crypto";
import { makeId, type Id, type Noun } from "@/lib/ids";

/** A fresh id of a noun, such as `newId("battle")` -> "bat_...". */
export function newId<N extends Noun>(noun: N): Id<N> {
  return makeId(noun, Date.now(), randomBytes(12));
}
