export interface PlacedMember {
  name: string;
  /** Where its header begins, and its bytes. */
  header: number;
  start: number;
  end: number;
}

const BLOCK = 512;

/** Where each member of a plain tar file lies. */
export function placeMembers(tar: Buffer): PlacedMember[] {
  const members: PlacedMember[] = [];
  for (let at = 0; tar[at] !== 0;) {
    const name = tar.toString("latin1", at, tar.indexOf(0, at));
    const size = Number.parseInt(tar.toString("latin1", at + 124, at + 136), 8);
    const start = at + BLOCK;
    members.push({ name, header: at, start, end: start + size });
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return members;
}

/** The same archive without some of its members. */
export function withoutMembers(tar: Buffer, isLeftOut: (name: string) => boolean): Buffer {
  const members = placeMembers(tar);
  const pieces = members.flatMap(({ name, header }, i) =>
    isLeftOut(name) ? [] : [tar.subarray(header, members[i + 1]?.header)],
  );
  return Buffer.concat(pieces);
}
